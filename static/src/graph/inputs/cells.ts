/** A tensor as a grid of cells: leading axes stacked, a vector one row. */
import { flatten, shapeOf, toRows, type Tensor } from "../../shared/tensor";

/** Numbers in row-major order as a tensor of a shape. */
export function shaped(numbers: readonly number[], shape: readonly number[]): Tensor {
  const inner = shape.slice(1);
  return inner.reduceRight<Tensor[]>(
    (parts, length) =>
      Array.from({ length: parts.length / length }, (_, i) => parts.slice(i * length, (i + 1) * length)),
    [...numbers],
  );
}

/** The position of an element of a grid whose leading axes are stacked. */
export function pathOf(shape: readonly number[], row: number, column: number): number[] {
  if (shape.length < 2) return [column];
  const path = [column];
  let rest = row;
  for (const length of shape.slice(0, -1).toReversed()) {
    path.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return path;
}

/** A vector or matrix with other numbers of rows and columns: cut at the end, or with zeros there. */
export function resized(tensor: Tensor, rows: number, columns: number): Tensor {
  const old = toRows(tensor);
  const made = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => old[i]?.[j] ?? 0),
  );
  return shapeOf(tensor).length === 1 ? (made[0] ?? []) : made;
}

/** The element of a tensor at a position. */
export function elementAt(tensor: Tensor, path: readonly number[]): number {
  const part = path.reduce<Tensor>(
    (rest, at) => (Array.isArray(rest) ? (rest[at] ?? Number.NaN) : rest),
    tensor,
  );
  return flatten(part)[0] ?? Number.NaN;
}

/** A tensor as spreadsheets take it: tabs between columns, a line for each row. */
export function writeBlock(tensor: Tensor): string {
  return toRows(tensor)
    .map((row) => row.join("\t"))
    .join("\n");
}
