import { connection } from "./connection.svelte";
import { jsonLines } from "./json_lines";
import { ConnectionLost, isProblem, plainProblem, ProblemError } from "./problem";
import type { paths } from "./schema";

/** Paths of the API that have the method, and the JSON types they take and give, read from its OpenAPI document. */
type PathsWith<Method extends "get" | "post"> = {
  [Path in keyof paths]: paths[Path] extends Record<Method, unknown>
    ? paths[Path][Method] extends undefined
      ? never
      : Path
    : never;
}[keyof paths];

type Operation<Path, Method extends string> = Path extends keyof paths
  ? Method extends keyof paths[Path]
    ? NonNullable<paths[Path][Method]>
    : never
  : never;

type Json<Carrier> = Carrier extends { content: { "application/json": infer Body } } ? Body : unknown;
type BodyOf<Op> = Op extends { requestBody: infer Body } ? Json<Body> : never;
type AnswerOf<Op> = Op extends { responses: { 200: infer Answer } } ? Json<Answer> : unknown;

/** Reads a resource; throws ProblemError when the server says no and ConnectionLost when it does not answer. */
export async function get<Path extends PathsWith<"get"> & string>(
  path: Path,
  signal?: AbortSignal,
): Promise<AnswerOf<Operation<Path, "get">>> {
  return request(path, { method: "GET", signal }) as Promise<AnswerOf<Operation<Path, "get">>>;
}

/** Sends `body` as JSON; throws like `get`. */
export async function post<Path extends PathsWith<"post"> & string>(
  path: Path,
  body: BodyOf<Operation<Path, "post">>,
  signal?: AbortSignal,
): Promise<AnswerOf<Operation<Path, "post">>> {
  return request(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "Client-Id": CLIENT },
    signal,
  }) as Promise<AnswerOf<Operation<Path, "post">>>;
}

/** Tells this tab from others behind the same address: each may make its own calls and open its own sessions. */
export const CLIENT = crypto.getRandomValues(new Uint32Array(4)).join("-");

/** Sends `body` as JSON and takes the answer as a file; throws like `get`. */
export async function postForFile(path: string, body: unknown): Promise<Blob> {
  const headers = { "Content-Type": "application/json", "Client-Id": CLIENT };
  const init = { method: "POST", body: JSON.stringify(body), headers, signal: undefined };
  return request(path, init, (answer) => answer.blob()) as Promise<Blob>;
}

/** Sends `body` as JSON and reads the answer line by line, as lines come; throws like `get`. */
export async function* postForLines(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<unknown> {
  const headers = { "Content-Type": "application/json", "Client-Id": CLIENT };
  const init = { method: "POST", body: JSON.stringify(body), headers, signal };
  const answer = (await request(path, init, (answer) => Promise.resolve(answer))) as Response;
  if (!answer.body) return;
  try {
    yield* jsonLines(answer.body);
  } catch (error) {
    if (signal.aborted) throw error;
    // a stream that breaks off, in the middle of a line even, is a server that has gone
    connection.lost();
    throw new ConnectionLost();
  }
}

async function request(
  path: string,
  init: Omit<RequestInit, "signal"> & { signal: AbortSignal | undefined },
  read: (answer: Response) => Promise<unknown> = (answer) => answer.json(),
) {
  const { signal, ...rest } = init;
  let answer: Response;
  let body: unknown;
  try {
    answer = await fetch(path, { ...rest, ...(signal ? { signal } : {}) });
    body = await (answer.ok ? read(answer) : answer.json()).catch(() => null);
  } catch (error) {
    if (signal?.aborted) throw error;
    connection.lost();
    throw new ConnectionLost();
  }
  signal?.throwIfAborted();
  connection.reached();
  if (answer.ok && body !== null) return body;
  if (isProblem(body)) throw new ProblemError(body, seconds(answer.headers.get("Retry-After")));
  throw new ProblemError(
    plainProblem(
      answer.status,
      `the server answered ${answer.status} with a body that is not a problem`,
      "try again",
    ),
  );
}

function seconds(header: string | null): number | null {
  const value = Number(header);
  return header !== null && Number.isFinite(value) ? value : null;
}
