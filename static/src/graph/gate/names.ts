/** Short names for elements to be called by: `X[0, 1]` needs an X. */
import type { GraphEdge, GraphIndex, GraphNode, Ops } from "../answer";

/** A gate's result: its name in the program, else `out`. */
export function outName(node: GraphNode): string {
  return node.name ?? "out";
}

/** An argument: its name in the program, else the op's own word for it, unless that names something else here. */
export function argumentName(index: GraphIndex, edge: GraphEdge, ops: Ops): string {
  const { name } = index.node(edge.source);
  if (name !== null) return name;
  const word = ops.get(index.node(edge.target).op)?.arguments[edge.argument] ?? `x${edge.argument}`;
  return index.answer.nodes.some((node) => node.name === word) ? `in${edge.argument}` : word;
}
