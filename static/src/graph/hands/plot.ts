/** Lines in a small drawing: from numbers to places, with room around them. */

export interface Point {
  x: number;
  y: number;
}

export interface Frame {
  width: number;
  height: number;
  /** The numbers at the left and right, bottom and top edge. */
  x: readonly [number, number];
  y: readonly [number, number];
}

/** The smallest and largest finite number, with a share of room around them; never of no extent. */
export function extent(numbers: readonly number[], room = 0.08): [number, number] {
  const finite = numbers.filter(Number.isFinite);
  if (finite.length === 0) return [-1, 1];
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  const pad = high > low ? (high - low) * room : Math.max(Math.abs(low) * 0.1, 1e-3);
  return [low - pad, high + pad];
}

/** Where a point lies in the drawing. */
export function place({ width, height, x, y }: Frame, point: Point): Point {
  return {
    x: round(((point.x - x[0]) / (x[1] - x[0])) * width),
    y: round((1 - (point.y - y[0]) / (y[1] - y[0])) * height),
  };
}

/** A path through the points, broken where a number is not finite. */
export function pathThrough(frame: Frame, points: readonly Point[]): string {
  let pen = "M";
  return points
    .map((point) => {
      if (!Number.isFinite(point.y)) {
        pen = "M";
        return "";
      }
      const { x, y } = place(frame, point);
      const part = `${pen}${x} ${y}`;
      pen = "L";
      return part;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
