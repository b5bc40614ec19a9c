/** Asking for a Jacobian and reading it. */
import type { components } from "../../shared/schema";
import { flatten, sizeOf, type Tensor } from "../../shared/tensor";
import { isTruncated, type GraphEdge, type GraphNode } from "../answer";
import { askGraph } from "../ask";
import type { Drawn } from "../session.svelte";

export type Jacobian = components["schemas"]["Jacobian"];
export type Layout = Jacobian["layout"];

/** The lecture's layout: one row per element of the input. */
export const LECTURE: Layout = "input x output";
/** More entries than this are not asked for whole. */
const MOST_ENTRIES = 65_536;

export interface JacobianQuestion {
  drawn: Drawn;
  edge: GraphEdge;
  layout: Layout;
}

/** The Jacobian of an edge of the drawn graph; null where no gradient passes. */
export async function askJacobian(
  { drawn, edge, layout }: JacobianQuestion,
  signal: AbortSignal,
): Promise<Jacobian | null> {
  const { shape } = drawn.index.node(edge.target);
  const full = sizeOf(edge.shape) * sizeOf(shape) <= MOST_ENTRIES ? [edge.id] : [];
  const question = { ...drawn.question, check: false, jacobians: [edge.id], full, layout };
  const answer = await askGraph(question, signal);
  return answer.edges.find(({ id }) => id === edge.id)?.jacobian ?? null;
}

/** The local gradients from one element of the input to every element of the output, null where they are not told. */
export function gradientsFrom({ matrix, layout }: Jacobian, element: number): number[] | null {
  if (!Array.isArray(matrix) || isTruncated(matrix)) return null;
  const rows = matrix as Tensor[];
  if (layout === LECTURE) return rows[element] === undefined ? null : flatten(rows[element]);
  return rows.map((row) => flatten(row)[element] ?? NaN);
}

/** True when a Jacobian asked for earlier still has the sizes of the edge as it is drawn now. */
export function fits({ shape, layout }: Jacobian, edge: GraphEdge, node: GraphNode): boolean {
  const sizes = [sizeOf(edge.shape), sizeOf(node.shape)];
  return shape.join() === (layout === LECTURE ? sizes : sizes.toReversed()).join();
}
