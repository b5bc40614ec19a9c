/** What one element touches, in words. */
import { formatNumber } from "../../shared/format";
import { sizeOf, type Scalar } from "../../shared/tensor";
import type { GraphEdge, GraphIndex, GraphNode, Ops } from "../answer";
import { rowsAndColumns } from "../layout/sizes";
import { elementName, unravel } from "./blocks";
import { argumentName } from "./names";

const MOST_NUMBERS = 6;

/** "row 0 of Y" for the positions, in row-major order, that are touched of a tensor of that shape. */
export function placeOf(positions: readonly number[], shape: readonly number[], name: string): string {
  const first = positions[0];
  if (first === undefined) return `nothing of ${name}`;
  if (positions.length === 1) return elementName(name, unravel(shape, first));
  if (positions.length === sizeOf(shape)) return `all of ${name}`;
  const [, columns] = rowsAndColumns(shape);
  if (shape.length === 2) {
    const row = Math.floor(first / columns);
    const inRow = positions.every((position) => Math.floor(position / columns) === row);
    if (inRow && positions.length === columns) return `row ${row} of ${name}`;
    const inColumn = positions.every((position) => position % columns === first % columns);
    if (inColumn && positions.length === shape[0]) return `column ${first % columns} of ${name}`;
  }
  return `${positions.length} of ${sizeOf(shape)} elements of ${name}`;
}

/** "[1, 0, 3]", or the range of many numbers. */
export function listed(numbers: readonly number[]): string {
  if (numbers.length > MOST_NUMBERS) {
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    return `${numbers.length} numbers from ${formatNumber(low as Scalar)} to ${formatNumber(high as Scalar)}`;
  }
  const texts = numbers.map((number) => formatNumber(number as Scalar));
  return numbers.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`;
}

/** The other factor of a matrix product as its local gradients name it: X[0, 1] reaches Y[0, j] through W[1, j]. */
export interface OtherFactor {
  /** All of them: `W[1, :]`. */
  all: string;
  /** The one to the output element at an index. */
  at: (index: readonly number[]) => string;
}

export function otherFactor(
  index: GraphIndex,
  { edge, node, ops }: { edge: GraphEdge; node: GraphNode; ops: Ops },
  element: readonly number[],
): OtherFactor | null {
  const other = index.into(node.id).find(({ argument }) => argument !== edge.argument);
  if (node.op !== "matmul" || !other || edge.shape.length !== 2 || other.shape.length !== 2) return null;
  const name = argumentName(index, other, ops);
  const [row, column] = element;
  return edge.argument === 0
    ? { all: `${name}[${column}, :]`, at: ([, j]) => `${name}[${column}, ${j}]` }
    : { all: `${name}[:, ${row}]`, at: ([i]) => `${name}[${i}, ${row}]` };
}
