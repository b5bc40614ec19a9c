/** A tensor as cells for the eye: one for each element, or for each block of a tensor of many. */
import { toRows, type Tensor } from "../../shared/tensor";
import { isTruncated, type Quantity } from "../answer";
import { reduce } from "../drawing/heat";
import { rowsAndColumns } from "../layout/sizes";

const MOST_ROWS = 96;
const MOST_COLUMNS = 128;

export interface Blocks {
  /** Of each block the element of largest size; leading axes are stacked, a vector is one row. */
  cells: number[][];
  /** The tensor's row and column at which each row and column of cells begins. */
  rowStarts: number[];
  columnStarts: number[];
  shape: readonly number[];
}

export interface Cell {
  row: number;
  column: number;
}

export function blocksOf(quantity: Quantity, shape: readonly number[]): Blocks {
  const [height, width] = rowsAndColumns(shape);
  const cells = isTruncated(quantity)
    ? toRows(quantity.preview)
    : reduce(quantity as Tensor, Math.min(height, MOST_ROWS), Math.min(width, MOST_COLUMNS));
  return {
    cells,
    rowStarts: starts(cells.length, height),
    columnStarts: starts(cells[0]?.length ?? 0, width),
    shape,
  };
}

function starts(blocks: number, length: number): number[] {
  return Array.from({ length: blocks }, (_, block) => Math.floor((block * length) / blocks));
}

/** True when each cell is one element. */
export function isWhole({ cells, shape }: Blocks): boolean {
  const [height, width] = rowsAndColumns(shape);
  return cells.length === height && cells[0]?.length === width;
}

/** Position, in row-major order, of the first element of a cell. */
export function flatAt({ rowStarts, columnStarts, shape }: Blocks, { row, column }: Cell): number {
  const [, width] = rowsAndColumns(shape);
  return (rowStarts[row] ?? 0) * width + (columnStarts[column] ?? 0);
}

/** An index for each axis of the element at a position in row-major order. */
export function unravel(shape: readonly number[], flat: number): number[] {
  let rest = flat;
  return shape
    .toReversed()
    .map((length) => {
      const index = rest % length;
      rest = (rest - index) / length;
      return index;
    })
    .toReversed();
}

/** `X[0, 1]`; a scalar is called by its name alone. */
export function elementName(name: string, index: readonly number[]): string {
  return index.length === 0 ? name : `${name}[${index.join(", ")}]`;
}
