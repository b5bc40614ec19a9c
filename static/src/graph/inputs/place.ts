/** Where a pasted block goes in a grid: over the cells it covers, or in place of the whole. */
import { formatShape } from "../../shared/format";
import { shapeOf, toRows, type Tensor } from "../../shared/tensor";
import { isFault, readBlock, tensorOf, type Block, type Fault } from "./block";
import { shaped } from "./cells";

/** Something else that could be done with what was pasted. */
export interface Offer {
  words: string;
  tensor: Tensor;
}

/** What a paste made of a tensor, what to say of it, and what could be made of it instead. */
export interface Pasted {
  tensor: Tensor;
  words: string;
  offers: Offer[];
}

export interface Target {
  name: string;
  tensor: Tensor;
  /** Row and column of the cell that was pasted into. */
  at: readonly [row: number, column: number];
  /** Whether the tensor may get another shape. */
  resizable: boolean;
}

/** The tensor after a text is pasted into one of its cells. */
export function paste(text: string, target: Target): Pasted | Fault {
  const block = readBlock(text);
  if (isFault(block)) return block;
  const placed = place(block, target);
  if (isFault(placed) || block.otherwise === null) return placed;
  const other = readBlock(text, block.otherwise);
  const instead = isFault(other) ? other : place(other, target);
  const words = `Read commas as ${block.otherwise}`;
  return {
    tensor: placed.tensor,
    words: `${placed.words}, commas read as ${block.commas}`,
    offers: isFault(instead) ? placed.offers : [...placed.offers, { words, tensor: instead.tensor }],
  };
}

function place(block: Block, { name, tensor, at, resizable }: Target): Pasted | Fault {
  const shape = shapeOf(tensor);
  const whole = like(block, shape);
  const same = shapeOf(whole).join() === shape.join();
  if (same) return { tensor: whole, words: `all of ${name} replaced`, offers: [] };
  const size = `${block.rows.length} × ${block.rows[0]?.length ?? 0}`;
  const became = formatShape(shapeOf(whole));
  const over = shape.length > 0 ? overwritten(tensor, block.rows, at) : null;
  if (over !== null) {
    const cell = shape.length === 1 ? at[1] : at.join(", ");
    const offers = resizable ? [{ words: `Make ${name} ${became} instead`, tensor: whole }] : [];
    return { tensor: over, words: `${size} numbers written from ${name}[${cell}] on`, offers };
  }
  if (resizable) return { tensor: whole, words: `${name} is now ${became}, it was ${formatShape(shape)}`, offers: [] };
  return { fault: `${size} numbers do not fit from here on: ${name} stays ${formatShape(shape)}` };
}

/** The block as a tensor that stands in for one of `shape`: a matrix stays a matrix. */
function like(block: Block, shape: readonly number[]): Tensor {
  return shape.length === 2 ? block.rows : tensorOf(block);
}

/** The tensor with the block over its cells from `at` on, null when it reaches beyond them. */
function overwritten(
  tensor: Tensor,
  block: readonly number[][],
  [top, left]: Target["at"],
): Tensor | null {
  const shape = shapeOf(tensor);
  const rows = toRows(tensor);
  const width = block[0]?.length ?? 0;
  const inside = top + block.length <= rows.length && left + width <= (rows[0]?.length ?? 0);
  if (!inside) return null;
  block.forEach((row, i) => rows[top + i]?.splice(left, row.length, ...row));
  return shaped(rows.flat(), shape);
}
