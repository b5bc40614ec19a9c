/** Wires and junctions: how the value of each node reaches the gates that use it. */
import { isLeaf, type GraphEdge, type GraphIndex, type GraphNode } from "../answer";
import type { Junction, Wire } from "./drawing";
import { gridOf, labelSize, type Grid } from "./sizes";

/** How a tensor of a shape is written in this drawing. */
type Writing = (shape: readonly number[]) => Grid | null;

export function wiresOf(index: GraphIndex): { wires: Wire[]; junctions: Junction[] } {
  const depth = depthsOf(index);
  const wires: Wire[] = [];
  const junctions: Junction[] = [];
  const gates = index.answer.nodes.filter((node) => !isLeaf(node)).length;
  const writing: Writing = (shape) => gridOf(shape, gates);
  for (const node of index.answer.nodes) {
    const ends = node.id === index.answer.output_node || (!isLeaf(node) && index.outOf(node.id).length === 0);
    const uses = index.outOf(node.id);
    // A copy gate is the place where wires part: it needs no junction.
    const parts = node.op === "constant" || node.op === "copy";
    if (parts || uses.length + (ends ? 1 : 0) < 2) {
      for (const edge of uses) wires.push(edgeWire(index, edge, node.key, writing));
      if (ends) wires.push(outputWire(node, node.key, writing));
      continue;
    }
    const groups = byDepth(uses, depth);
    wires.push(trunkWire(node, uses, junctionKey(node, 0), writing));
    groups.forEach((group, position) => {
      const key = junctionKey(node, position);
      junctions.push({ key, source: node.id });
      for (const edge of group) wires.push(edgeWire(index, edge, key, writing));
      const later = groups.slice(position + 1).flat();
      if (later.length > 0) wires.push(busWire(node, later, position));
      else if (ends) wires.push(outputWire(node, key, writing));
    });
  }
  return { wires, junctions };
}

/** The latest column in which each node can stand: uses in the same column share a junction. */
function depthsOf(index: GraphIndex): Map<string, number> {
  const { forward } = index.answer;
  const earliest = new Map<string, number>();
  for (const id of forward) {
    earliest.set(id, 1 + Math.max(-1, ...index.into(id).map((edge) => earliest.get(edge.source) ?? 0)));
  }
  const latest = new Map<string, number>();
  for (const id of forward.toReversed()) {
    const uses = index.outOf(id).map((edge) => (latest.get(edge.target) ?? 0) - 1);
    latest.set(id, uses.length === 0 ? (earliest.get(id) ?? 0) : Math.min(...uses));
  }
  return latest;
}

function byDepth(uses: readonly GraphEdge[], depth: ReadonlyMap<string, number>): GraphEdge[][] {
  const groups = new Map<number, GraphEdge[]>();
  for (const edge of uses) {
    const at = depth.get(edge.target) ?? 0;
    const group = groups.get(at);
    if (group) group.push(edge);
    else groups.set(at, [edge]);
  }
  const sorted = [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
  // A lone last use needs no junction: its wire leaves the one before.
  const last = sorted.at(-1);
  if (sorted.length > 1 && last?.length === 1) sorted.splice(-2, 2, [...(sorted.at(-2) ?? []), ...last]);
  return sorted;
}

function junctionKey(node: GraphNode, position: number): string {
  return `junction:${node.key}:${position}`;
}

function edgeWire(index: GraphIndex, edge: GraphEdge, from: string, writing: Writing): Wire {
  const bare = index.node(edge.source).op === "constant";
  const grid = bare ? null : writing(edge.shape);
  return {
    key: edge.key,
    role: "edge",
    source: edge.source,
    from,
    to: index.node(edge.target).key,
    argument: edge.argument,
    edges: [edge.id],
    size: bare ? null : labelSize(grid),
    grid,
  };
}

function trunkWire(node: GraphNode, uses: readonly GraphEdge[], to: string, writing: Writing): Wire {
  return { ...outputWire(node, node.key, writing), key: `trunk:${node.key}`, role: "trunk", to, edges: ids(uses) };
}

function busWire(node: GraphNode, later: readonly GraphEdge[], position: number): Wire {
  const [from, to] = [junctionKey(node, position), junctionKey(node, position + 1)];
  const key = `bus:${node.key}:${position}`;
  const wire = outputWire(node, from, () => null);
  return { ...wire, key, role: "bus", to, edges: ids(later), size: null };
}

function outputWire(node: GraphNode, from: string, writing: Writing): Wire {
  const grid = writing(node.shape);
  return {
    key: `output:${node.key}`,
    role: "output",
    source: node.id,
    from,
    to: null,
    argument: 0,
    edges: [],
    size: labelSize(grid),
    grid,
  };
}

function ids(edges: readonly GraphEdge[]): string[] {
  return edges.map((edge) => edge.id);
}
