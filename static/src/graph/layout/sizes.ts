/** Room for the label of a wire: the value above it and the gradient below, by shape and by how much there is to draw. */
import { digits } from "../../shared/digits.svelte";
import { sizeOf } from "../../shared/tensor";

export interface Size {
  width: number;
  height: number;
}

const LINE = 17;
const SHAPE_LINE = 12;
/** Up to this many elements a tensor is written in numbers. */
const MOST_NUMBERS = 4;
/** The same in a drawing of few gates, which has room for more, as on a board. */
const MOST_AMONG_FEW = 12;
const MOST_COLUMNS = 4;
const FEW_GATES = 3;
/** Above this many elements the API answers a preview and statistics in place of numbers. */
const MOST_SENT = 1024;
const CELL = { width: 48, height: 15 };
const STRIP = { width: 72, height: 28, columns: 24, rows: 8 };
/** Room for the range of a tensor too large to be sent. */
const RANGE = { width: 112, height: 13 };
const SCALAR_WIDTH = 60;
/** These widths hold four digits; each digit more takes so much. */
const DIGITS = 4;
const DIGIT_WIDTH = 8.5;
const LIFT = 4;

/** How a tensor is shown on a wire: in numbers or as cells, and the counts and size of what is shown. */
export interface Grid {
  form: "numbers" | "cells";
  rows: number;
  columns: number;
  cell: Size;
  /** Height of the line that tells the range of a tensor too large to be sent, 0 for all others. */
  range: number;
}

/** How many digits more than four the reader wants to see. */
export function moreDigits(): number {
  return Math.max(0, digits.shown - DIGITS);
}

/** Rows and columns of a tensor seen as a matrix: a vector is one row, leading axes are stacked. */
export function rowsAndColumns(shape: readonly number[]): [rows: number, columns: number] {
  const columns = shape.at(-1) ?? 1;
  return [sizeOf(shape) / columns, columns];
}

/** The grid for a shape among so many gates, null for a scalar. Large tensors are drawn in at most 8 x 24 cells. */
export function gridOf(shape: readonly number[], gates = Infinity): Grid | null {
  if (shape.length === 0) return null;
  const [rows, columns] = rowsAndColumns(shape);
  const most = gates <= FEW_GATES && columns <= MOST_COLUMNS ? MOST_AMONG_FEW : MOST_NUMBERS;
  if (rows * columns <= most) {
    const cell = { ...CELL, width: CELL.width + moreDigits() * DIGIT_WIDTH };
    return { form: "numbers", rows, columns, cell, range: 0 };
  }
  const shown = { rows: Math.min(rows, STRIP.rows), columns: Math.min(columns, STRIP.columns) };
  const cell = {
    width: Math.min(10, STRIP.width / shown.columns),
    height: Math.min(10, STRIP.height / shown.rows),
  };
  return { form: "cells", ...shown, cell, range: rows * columns > MOST_SENT ? RANGE.height : 0 };
}

/** Height of the block above the wire, which is also that below it. */
export function blockHeight(grid: Grid | null): number {
  return grid ? grid.rows * grid.cell.height + grid.range + SHAPE_LINE + 2 : LINE;
}

/** Size of the whole label. */
export function labelSize(grid: Grid | null): Size {
  const least = grid && grid.range > 0 ? RANGE.width : 32;
  const width = grid
    ? Math.max(least, grid.columns * grid.cell.width + 4)
    : SCALAR_WIDTH + moreDigits() * DIGIT_WIDTH;
  return { width, height: 2 * (blockHeight(grid) + LIFT) };
}
