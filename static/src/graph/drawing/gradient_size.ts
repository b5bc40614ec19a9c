/** How large the gradient on each wire is beside the largest of the graph: what the width of a wire shows. */
import { isTruncated, type GraphIndex, type Quantity } from "../answer";
import type { Drawing, Wire } from "../layout/drawing";
import { toNumber, type Tensor } from "../../shared/tensor";

/** Width of a wire whose gradient is not known, or that carries none. */
export const PLAIN_WIDTH = 1.6;
const THINNEST = 1.3;
const WIDEST = 6;

/** The largest size of the finite elements, null when there are none. */
export function largest(quantity: Quantity | null): number | null {
  if (quantity === null) return null;
  if (!isTruncated(quantity)) return largestOf(quantity);
  const { min, max } = quantity.statistics;
  return min === null || max === null ? null : Math.max(Math.abs(toNumber(min)), Math.abs(toNumber(max)));
}

function largestOf(tensor: Tensor): number | null {
  if (!Array.isArray(tensor)) {
    const size = Math.abs(toNumber(tensor));
    return Number.isFinite(size) ? size : null;
  }
  return tensor.map(largestOf).reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
}

/** The gradient that a wire carries back; null on a bus, whose branches to come carry their own. */
export function gradientOn(index: GraphIndex, { role, source, edges }: Wire): Quantity | null {
  const [edge] = edges;
  if (role === "edge" && edge !== undefined) return index.edge(edge).downstream;
  const whole = role === "trunk" || source === index.answer.output_node;
  return role !== "bus" && whole ? index.node(source).gradient : null;
}

/** Per wire 0..1, the square root of its largest gradient over the largest of all; null where there is none. */
export function gradientShares(index: GraphIndex, drawing: Drawing): Map<string, number | null> {
  const onEdge = new Map(index.answer.edges.map((edge) => [edge.id, largest(edge.downstream)]));
  const sizes = drawing.wires.map((wire) => {
    if (wire.role !== "bus") return largest(gradientOn(index, wire));
    return wire.edges.reduce<number | null>((most, id) => {
      const size = onEdge.get(id) ?? null;
      return size === null || (most !== null && most >= size) ? most : size;
    }, null);
  });
  const most = sizes.reduce<number>((a, b) => Math.max(a, b ?? 0), 0);
  return new Map(
    drawing.wires.map(({ key }, i) => {
      const size = sizes[i] ?? null;
      return [key, size === null ? null : most === 0 ? 0 : Math.sqrt(size / most)];
    }),
  );
}

/** Width of a wire by that share; null where no gradient is known. */
export function widthOf(share: number | null): number {
  if (share === null) return PLAIN_WIDTH;
  return Math.round((THINNEST + (WIDEST - THINNEST) * share) * 100) / 100;
}
