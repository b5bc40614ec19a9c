/** Each step in plain sentences, for the live region and for readers. */
import type { GraphEdge, GraphIndex, Ops } from "../answer";
import { spoken } from "../drawing/labels";
import { endsSum, sharesAt, titleOf } from "../explain/terms";
import type { Known, Step } from "./steps";

/** Sums of more than so many gradients are told by their result alone. */
const MOST_TERMS = 4;

export function describe(index: GraphIndex, source: string, ops: Ops, step: Step, known: Known): string {
  const node = index.node(step.node);
  const title = titleOf(node, source, ops);
  if (step.kind === "forward") return `Forward: ${title} is ${spoken(node.value, node.shape)}.`;
  if (step.kind === "seed") {
    const seed = node.gradient === null ? "" : spoken(node.gradient, node.shape);
    return `Backward begins: the gradient of ${title} is ${seed}.`;
  }
  const edges = step.edges.map((id) => index.edge(id));
  const named = ({ source: from }: GraphEdge) => titleOf(index.node(from), source, ops);
  const shares = edges.map((edge) => `${named(edge)} ${received(index, edge)}`);
  const sums =
    node.op === "copy"
      ? [sum(index, node.id, title, known)]
      : edges
          .filter(({ id }) => endsSum(index, step.edges, id))
          .map((edge) => sum(index, edge.source, named(edge), known));
  return [`Backward through ${title}: ${shares.join("; ")}.`, ...sums].filter((part) => part !== "").join(" ");
}

/** What one argument gets: upstream times local, added up where the argument was repeated. */
function received(index: GraphIndex, { downstream, upstream, local, shape, target, local_kind }: GraphEdge): string {
  if (downstream === null) return "gets no gradient";
  const given = spoken(downstream, shape);
  if (local === null || upstream === null) return `gets ${given}`;
  const whole = index.node(target).shape;
  const factors = `gets upstream ${spoken(upstream, whole)} times local ${spoken(local, whole)}`;
  const added = local_kind === "elementwise" && shape.join() !== whole.join();
  return `${factors}${added ? ", added up," : ""} is ${given}`;
}

/** The sum being made where a value is used more than once; nothing where it is not. */
function sum(index: GraphIndex, node: string, title: string, known: Known): string {
  const shares = sharesAt(index, node, known.edges);
  if (!shares) return "";
  const { parts, complete } = shares;
  const { shape, gradient } = shares.node;
  const many = parts.length;
  if (!complete || gradient === null)
    return `So far ${parts.filter((part) => part.known).length} of ${many} gradients came back to ${title}.`;
  const total = spoken(gradient, shape);
  const all = `The ${many} gradients that came back to ${title} add up`;
  if (shape.length > 0 || many > MOST_TERMS) return `${all} to ${total}.`;
  return `${all}: ${parts.map((part) => spoken(part.downstream, shape)).join(" plus ")} is ${total}.`;
}
