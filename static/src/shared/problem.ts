import type { components } from "./schema";

/** One RFC 9457 problem, the shape of every error of the API; `span` counts code points of the program. */
export type Problem = components["schemas"]["Problem"];

/** The server understood the request and said no; `retryAfter` is in seconds when it asked for patience. */
export class ProblemError extends Error {
  readonly problem: Problem;
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail);
    this.name = "ProblemError";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The server could not be reached at all. */
export class ConnectionLost extends Error {
  constructor() {
    super("the server cannot be reached");
    this.name = "ConnectionLost";
  }
}

/** True when `body` has the fields of a problem. */
export function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "detail" in body && "code" in body && "status" in body;
}

/** A problem in our own words, for answers that are not one (a proxy's page, a broken body). */
export function plainProblem(status: number, detail: string, hint: string | null = null): Problem {
  const place = { span: null, limit: null, actual: null, allowed: null, parameters: {} };
  return {
    type: "about:blank",
    title: "Unexpected answer",
    status,
    detail,
    code: "unexpected_answer",
    hint,
    ...place,
  };
}

/** A parameter of the problem that is a list of strings, [] when it is missing. */
export function problemNames(problem: Problem | null, parameter = "names"): string[] {
  const names = problem?.parameters[parameter];
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === "string") : [];
}

/** A parameter of the problem that is a shape, null when it is none. */
export function problemShape(problem: Problem | null, parameter = "shape"): number[] | null {
  const shape = problem?.parameters[parameter];
  return Array.isArray(shape) && shape.every((length) => typeof length === "number") ? shape : null;
}

/** A detail or a hint as a sentence of its own. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(trimmed) ? capital : `${capital}.`;
}
