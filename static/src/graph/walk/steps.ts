/** The walk: forward gate by gate, then the seed, then backward gate by gate. */
import { isLeaf, type GraphIndex } from "../answer";

export type Step =
  | { kind: "forward"; node: string }
  | { kind: "seed"; node: string }
  | { kind: "backward"; node: string; edges: string[] };

/** Every step of an answer, in the order in which it happens. */
export function stepsOf(index: GraphIndex): Step[] {
  const { forward, backward, output_node } = index.answer;
  const steps: Step[] = forward
    .filter((id) => !isLeaf(index.node(id)))
    .map((node) => ({ kind: "forward", node }));
  if (index.node(output_node).gradient !== null) {
    steps.push({ kind: "seed", node: output_node });
    for (const { node, edges } of backward)
      if (edges.length > 0) steps.push({ kind: "backward", node, edges });
  }
  return steps;
}

/** What is known once the first `position` steps have happened. */
export interface Known {
  /** Nodes whose value is known. */
  values: ReadonlySet<string>;
  /** Edges whose gradient has been handed back. */
  edges: ReadonlySet<string>;
  /** Nodes whose whole gradient is known: every share of it has arrived. */
  gradients: ReadonlySet<string>;
}

export function knownAfter(index: GraphIndex, steps: readonly Step[], position: number): Known {
  const values = new Set(index.answer.nodes.filter(isLeaf).map((node) => node.id));
  const edges = new Set<string>();
  const gradients = new Set<string>();
  for (const step of steps.slice(0, position)) {
    if (step.kind === "forward") values.add(step.node);
    else if (step.kind === "seed") gradients.add(step.node);
    else for (const edge of step.edges) edges.add(edge);
  }
  for (const node of index.answer.nodes) {
    const shares = index.outOf(node.id).filter((edge) => edge.downstream !== null);
    if (shares.length > 0 && shares.every((edge) => edges.has(edge.id))) gradients.add(node.id);
  }
  return { values, edges, gradients };
}

/** Where the walk stands after the program changed: at the end if it was at the end, else as far along as it was. */
export function keepPosition(position: number, before: number, after: number): number {
  return position >= before ? after : Math.min(position, after);
}

/** The edges that are lit at a step: what flows into the gate going forward, what it hands back going backward. */
export function litEdges(index: GraphIndex, step: Step | null): ReadonlySet<string> {
  if (step === null || step.kind === "seed") return new Set();
  if (step.kind === "backward") return new Set(step.edges.filter((id) => index.edge(id).downstream !== null));
  return new Set(index.into(step.node).map((edge) => edge.id));
}
