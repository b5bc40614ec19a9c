/** Numbers as the API sends them: JSON numbers, or the three non-finite ones as strings. */
export type Scalar = number | "NaN" | "Infinity" | "-Infinity";
export type Tensor = Scalar | Tensor[];

/** The number a JSON scalar stands for. */
export function toNumber(scalar: Scalar): number {
  return typeof scalar === "number" ? scalar : Number(scalar);
}

/** A tensor's shape, read along its first elements: [] for a scalar. */
export function shapeOf(tensor: Tensor): number[] {
  const shape: number[] = [];
  let rest: Tensor | undefined = tensor;
  while (Array.isArray(rest)) {
    shape.push(rest.length);
    rest = rest[0];
  }
  return shape;
}

/** All numbers of a tensor in row-major order. */
export function flatten(tensor: Tensor): number[] {
  if (!Array.isArray(tensor)) return [toNumber(tensor)];
  return tensor.flatMap((part) => flatten(part));
}

/** Number of elements of a shape: 1 for a scalar. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** A tensor as rows of numbers: a scalar is 1 x 1, a vector one row, leading axes are stacked. */
export function toRows(tensor: Tensor): number[][] {
  if (!Array.isArray(tensor)) return [[toNumber(tensor)]];
  if (!tensor.some((part) => Array.isArray(part))) return [flatten(tensor)];
  return tensor.flatMap((part) => toRows(part));
}

/** A tensor of a shape with the same number everywhere. */
export function filled(shape: readonly number[], value: number): Tensor {
  return shape.reduceRight<Tensor>(
    (part, length) => Array.from({ length }, () => structuredClone(part)),
    value,
  );
}
