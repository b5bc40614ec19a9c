/** Shapes as they are typed: `64 × 4096`, also with x, a comma or a space between; nothing is a scalar. */
const MOST_AXES = 4;

export function writeShape(shape: readonly number[]): string {
  return shape.join(" × ");
}

/** The shape a text stands for, null when it is none. */
export function readShape(text: string): number[] | null {
  const parts = text
    .replace(/[()[\]]/g, " ")
    .split(/[\s,;x×*]+/)
    .filter((part) => part !== "");
  const shape = parts.map(Number);
  const whole = shape.every((length) => Number.isInteger(length) && length >= 1 && length < 2 ** 31);
  return whole && shape.length <= MOST_AXES ? shape : null;
}
