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

/** After how many steps something is known: of each node its value and its whole gradient, of each edge its share. */
export interface Turns {
  values: ReadonlyMap<string, number>;
  edges: ReadonlyMap<string, number>;
  gradients: ReadonlyMap<string, number>;
}

/** Worked out once for each answer: then a step costs nothing, however large the graph. */
export function turnsOf(index: GraphIndex, steps: readonly Step[]): Turns {
  const { nodes } = index.answer;
  const values = new Map(nodes.filter(isLeaf).map(({ id }) => [id, 0]));
  const edges = new Map<string, number>();
  const gradients = new Map<string, number>();
  steps.forEach((step, before) => {
    if (step.kind === "forward") values.set(step.node, before + 1);
    else if (step.kind === "seed") gradients.set(step.node, before + 1);
    else for (const edge of step.edges) edges.set(edge, before + 1);
  });
  for (const { id } of nodes) {
    const shares = index.outOf(id).filter((edge) => edge.downstream !== null);
    if (shares.length === 0 || gradients.has(id)) continue;
    // A gradient is known when every share of it has arrived.
    gradients.set(id, Math.max(...shares.map((edge) => edges.get(edge.id) ?? Infinity)));
  }
  return { values, edges, gradients };
}

/** Ids of what has happened. */
export interface Happened {
  has: (id: string) => boolean;
}

/** What is known once the first steps have happened. */
export interface Known {
  /** Nodes whose value is known. */
  values: Happened;
  /** Edges whose gradient has been handed back. */
  edges: Happened;
  /** Nodes whose whole gradient is known. */
  gradients: Happened;
}

export function knownAfter(turns: Turns, position: number): Known {
  const until = (turn: ReadonlyMap<string, number>): Happened => ({
    has: (id) => (turn.get(id) ?? Infinity) <= position,
  });
  return { values: until(turns.values), edges: until(turns.edges), gradients: until(turns.gradients) };
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
