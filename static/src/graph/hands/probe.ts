/** The output as a function of one input: what the engine says it would be at another number. */
import { toUnits } from "../../shared/editor/spans";
import { flatten, type Tensor } from "../../shared/tensor";
import { isTruncated, type GraphAnswer, type GraphNode, type GraphRequest } from "../answer";
import { askGraph } from "../ask";
import { elementAt } from "../inputs/cells";
import { replaceAt, writeLiteral } from "../inputs/literals";

/** One number of one input, and the program it is an input of. */
export interface Subject {
  question: GraphRequest;
  node: GraphNode;
  value: Tensor;
  path: readonly number[];
  /** What backward starts from, and its derivative by this number. */
  objective: number;
  slope: number;
}

/** What backward starts from: the output, or sum(upstream * output); null where its numbers are not all known. */
export function objectiveOf(answer: GraphAnswer, upstream: GraphRequest["upstream"]): number | null {
  if (isTruncated(answer.value)) return null;
  const output = flatten(answer.value);
  if (upstream === null || upstream === undefined) return output.length === 1 ? (output[0] ?? null) : null;
  const weights = flatten(upstream as Tensor);
  return output.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
}

/** One number of an input of the drawn graph, null where the answer does not hold what is needed. */
export function subjectOf(
  answer: GraphAnswer,
  question: GraphRequest,
  node: GraphNode,
  path: readonly number[],
): Subject | null {
  const { value, gradient } = node;
  const objective = objectiveOf(answer, question.upstream);
  if (isTruncated(value) || isTruncated(gradient) || gradient === null || objective === null) return null;
  return { question, node, value, path, objective, slope: elementAt(gradient, path) };
}

/** What the objective is called. */
export function objectiveName({ output }: GraphAnswer, upstream: GraphRequest["upstream"]): string {
  const name = output ?? "output";
  return upstream === null || upstream === undefined ? name : `sum(upstream * ${name})`;
}

/** The objective with the subject at `number`, NaN where the engine has no finite one. */
export async function objectiveAt(
  { question, node, value, path }: Subject,
  number: number,
  signal: AbortSignal,
): Promise<number> {
  const inputs = { ...question.inputs, [node.name ?? ""]: replaceAt(value, path, number) };
  const asked = { ...question, inputs, check: false, jacobians: false } as GraphRequest;
  const answer = await askGraph(asked, signal);
  return objectiveOf(answer, question.upstream) ?? Number.NaN;
}

/** The number the subject has now. */
export function numberOf({ value, path }: Subject): number {
  return elementAt(value, path);
}

/** The same text for two questions that differ in nothing but the subject's number. */
export function setting({ question, node, value, path }: Subject): string {
  const name = node.name ?? "";
  const blank = replaceAt(value, path, 0);
  const given = question.inputs !== undefined && name in question.inputs;
  if (given || node.span === null)
    return JSON.stringify([name, path, { ...question, inputs: { ...question.inputs, [name]: blank } }]);
  const [start, end] = toUnits(question.source, node.span);
  const source = question.source.slice(0, start) + writeLiteral(blank) + question.source.slice(end);
  return JSON.stringify([name, path, { ...question, source }]);
}
