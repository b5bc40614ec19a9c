/** Each step in one or two plain sentences, for the live region and for readers. */
import type { GraphIndex, Ops } from "../answer";
import { spoken } from "../drawing/labels";
import { titleOf } from "../explain/terms";
import type { Step } from "./steps";

export function describe(index: GraphIndex, source: string, ops: Ops, step: Step): string {
  const node = index.node(step.node);
  const title = titleOf(node, source, ops);
  if (step.kind === "forward") return `Forward: ${title} is ${spoken(node.value, node.shape)}.`;
  if (step.kind === "seed") {
    const seed = node.gradient === null ? "" : spoken(node.gradient, node.shape);
    return `Backward begins: the gradient of ${title} is ${seed}.`;
  }
  const shares = step.edges.map((id) => {
    const edge = index.edge(id);
    const argument = titleOf(index.node(edge.source), source, ops);
    if (edge.downstream === null) return `${argument} gets no gradient`;
    const downstream = spoken(edge.downstream, edge.shape);
    if (edge.local === null || edge.upstream === null) return `${argument} gets ${downstream}`;
    const upstream = spoken(edge.upstream, node.shape);
    return `${argument} gets upstream ${upstream} times local ${spoken(edge.local, edge.shape)} is ${downstream}`;
  });
  return `Backward through ${title}: ${shares.join("; ")}.`;
}
