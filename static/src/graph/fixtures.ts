/** Answers for tests alone, written from the contract: f = (x + y) * z, and x*x. */
import type { GraphAnswer, GraphEdge, GraphNode } from "./answer";

function node(
  id: string,
  op: string,
  name: string | null,
  value: number,
  gradient: number | null,
): GraphNode {
  const declared = op === "input" ? "literal" : null;
  const pattern = op === "add" ? "distributor" : op === "multiply" ? "swap" : null;
  return {
    id,
    key: `k-${id}`,
    op,
    name,
    shape: [],
    value,
    gradient,
    pattern,
    span: [0, 1],
    formula: null,
    members: [],
    declared,
  };
}

function edge(
  id: string,
  [source, target]: [string, string],
  argument: number,
  [upstream, local, downstream]: [number, number, number],
): GraphEdge {
  const common = { shape: [], local_kind: "elementwise" as const, summed: [], formula: null };
  return { id, key: `k-${id}`, source, target, argument, upstream, local, downstream, ...common };
}

/** x = -2, y = 5, z = -4: q = 3, f = -12. */
export const sumTimes: GraphAnswer = {
  output: "f",
  output_node: "n4",
  value: -12,
  gradients: { x: -4, y: -4, z: 3 },
  nodes: [
    node("n0", "input", "x", -2, -4),
    node("n1", "input", "y", 5, -4),
    node("n2", "input", "z", -4, 3),
    node("n3", "add", "q", 3, -4),
    node("n4", "multiply", "f", -12, 1),
  ],
  edges: [
    edge("e0", ["n0", "n3"], 0, [-4, 1, -4]),
    edge("e1", ["n1", "n3"], 1, [-4, 1, -4]),
    edge("e2", ["n3", "n4"], 0, [1, -4, -4]),
    edge("e3", ["n2", "n4"], 1, [1, 3, 3]),
  ],
  forward: ["n0", "n1", "n2", "n3", "n4"],
  backward: [
    { node: "n4", edges: ["e2", "e3"] },
    { node: "n3", edges: ["e0", "e1"] },
  ],
  notes: [],
  statements: [],
  lumpable: [],
};

/** x = 3: x*x = 9, and 6 = 3 + 3 over two wires. */
export const square: GraphAnswer = {
  output: null,
  output_node: "n1",
  value: 9,
  gradients: { x: 6 },
  nodes: [node("n0", "input", "x", 3, 6), node("n1", "multiply", null, 9, 1)],
  edges: [edge("e0", ["n0", "n1"], 0, [1, 3, 3]), edge("e1", ["n0", "n1"], 1, [1, 3, 3])],
  forward: ["n0", "n1"],
  backward: [{ node: "n1", edges: ["e0", "e1"] }],
  notes: [],
  statements: [],
  lumpable: [],
};
