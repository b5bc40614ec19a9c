/** Where a graph is asked for: a body of many numbers goes to the route that takes a training's. */
import { post } from "../shared/api";
import { ProblemError } from "../shared/problem";
import type { components } from "../shared/schema";
import { sizeOf, shapeOf, type Tensor } from "../shared/tensor";
import type { GraphAnswer, GraphRequest } from "./answer";

type Schemas = components["schemas"];
type CodeRequest = Schemas["CodeRequest"];

/** Numbers that fit the small route's 64 KiB beside the longest program, each with all its digits. */
const FEW = 1800;

/** The route that takes a question of so many numbers. */
export function pathOf(question: Pick<GraphRequest, "inputs" | "upstream">): "/api/v1/graph" | "/api/v1/trainings/graph" {
  const { inputs = {}, upstream } = question;
  const tensors = [...Object.values(inputs), ...(upstream == null ? [] : [upstream])] as Tensor[];
  const numbers = tensors.reduce<number>((sum, tensor) => sum + sizeOf(shapeOf(tensor)), 0);
  return numbers <= FEW ? "/api/v1/graph" : "/api/v1/trainings/graph";
}

/** Traces a program. The page asks with values, not with shapes, so what comes back is a trace. */
export async function askGraph(question: GraphRequest, signal?: AbortSignal): Promise<GraphAnswer> {
  try {
    return (await post(pathOf(question), question, signal)) as GraphAnswer;
  } catch (error) {
    throw tooLarge(error) ?? error;
  }
}

/** A refusal of the body as what it means to who typed it; null for any other. */
function tooLarge(error: unknown): ProblemError | null {
  if (!(error instanceof ProblemError) || error.problem.code !== "body_too_large") return null;
  const detail = "the program and its numbers are more than is taken at once";
  return new ProblemError({ ...error.problem, detail, hint: "leave out what the output does not need" });
}

/** The program in another form. */
export async function askCode(question: CodeRequest, signal?: AbortSignal): Promise<Schemas["CodeAnswer"]> {
  return post(`${pathOf(question)}/code`, question, signal);
}
