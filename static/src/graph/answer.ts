/** The answer of POST /api/v1/graph and what the page looks up in it. */
import type { components } from "../shared/schema";

type Schemas = components["schemas"];

export type GraphAnswer = Schemas["GraphAnswer"];
export type GraphNode = Schemas["GraphNode"];
export type GraphEdge = Schemas["GraphEdge"];
export type GraphRequest = Schemas["GraphRequest"];
export type Note = Schemas["Note"];
export type OpEntry = Schemas["OpEntry"];
/** A tensor of an answer: whole, or too large to send and summed up. */
export type Quantity = Schemas["AnyTensor"];
export type Truncated = Schemas["TruncatedTensor"];
export type Ops = ReadonlyMap<string, OpEntry>;

/** Lookups over one answer, made once when it arrives. */
export interface GraphIndex {
  answer: GraphAnswer;
  node: (id: string) => GraphNode;
  edge: (id: string) => GraphEdge;
  /** Edges into a node in argument order. */
  into: (id: string) => GraphEdge[];
  /** Edges out of a node in the order of the answer. */
  outOf: (id: string) => GraphEdge[];
}

export function isTruncated(quantity: Quantity | null | undefined): quantity is Truncated {
  return typeof quantity === "object" && quantity !== null && !Array.isArray(quantity);
}

/** True for leaves: inputs and constants, which no forward step computes. */
export function isLeaf(node: GraphNode): boolean {
  return node.op === "input" || node.op === "constant";
}

export function indexOf(answer: GraphAnswer): GraphIndex {
  const nodes = new Map(answer.nodes.map((node) => [node.id, node]));
  const edges = new Map(answer.edges.map((edge) => [edge.id, edge]));
  const into = new Map<string, GraphEdge[]>();
  const outOf = new Map<string, GraphEdge[]>();
  for (const edge of answer.edges) {
    (into.get(edge.target) ?? setIn(into, edge.target)).push(edge);
    (outOf.get(edge.source) ?? setIn(outOf, edge.source)).push(edge);
  }
  for (const list of into.values()) list.sort((a, b) => a.argument - b.argument);
  return {
    answer,
    node: (id) => found(nodes.get(id), id),
    edge: (id) => found(edges.get(id), id),
    into: (id) => into.get(id) ?? [],
    outOf: (id) => outOf.get(id) ?? [],
  };
}

function setIn(map: Map<string, GraphEdge[]>, id: string): GraphEdge[] {
  const list: GraphEdge[] = [];
  map.set(id, list);
  return list;
}

function found<Item>(item: Item | undefined, id: string): Item {
  if (item === undefined) throw new Error(`the answer names '${id}' but does not hold it`);
  return item;
}
