/** What stands opened: the gate or edge of a key, as the newest answer draws it. */
import type { GraphEdge, GraphIndex, GraphNode } from "../answer";

export type Opened =
  | { kind: "node"; node: GraphNode }
  | { kind: "edge"; edge: GraphEdge }
  /** No longer drawn; `inside` is the lumped gate that now stands for it, if there is one. */
  | { kind: "gone"; inside: GraphNode | null };

export function openedIn({ answer }: GraphIndex, key: string): Opened {
  const node = answer.nodes.find((one) => one.key === key);
  if (node) return { kind: "node", node };
  const edge = answer.edges.find((one) => one.key === key);
  if (edge) return { kind: "edge", edge };
  const gate = key.slice(0, key.lastIndexOf("<"));
  const inside = answer.nodes.find(({ members }) => members.includes(key) || members.includes(gate));
  return { kind: "gone", inside: inside ?? null };
}

/** Edges into a gate over which a gradient can pass: each has a Jacobian. */
export function differentiable(index: GraphIndex, node: GraphNode): GraphEdge[] {
  return index.into(node.id).filter((edge) => edge.local_kind !== "none");
}
