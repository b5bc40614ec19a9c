/** The lines of a sweep, read: what begins, where each member stands, the end of a round, the end. */
import { postForLines } from "../../shared/api";
import type { Problem } from "../../shared/problem";
import { bytes, list, map, number, problem, ProtocolError, text, type Body } from "../../train/live/fields";
import { VERSION, type Frame, type Ready } from "../../train/live/protocol";
import { readFrame, readReady } from "../../train/live/read";
import type { SweepRequest } from "./request";

const PATH = "/api/v1/trainings/sweep";

export type Message =
  | { type: "ready"; members: readonly (Begun | null)[] }
  | { type: "frame"; member: number; frame: StatefulFrame }
  | { type: "problem"; member: number | null; problem: Problem }
  | { type: "progress"; done: number; total: number }
  | { type: "summary" };

/** A frame with what its member goes on from. */
export type StatefulFrame = Frame & { state: Uint8Array };

/** A member that may be trained. */
export interface Begun {
  ready: Ready;
  program: string;
}

/** Trains until the signal says stop, or the sweep is at its end; throws like `postForLines`. */
export async function* sweep(request: SweepRequest, signal: AbortSignal): AsyncGenerator<Message> {
  for await (const line of postForLines(PATH, request, signal)) yield readLine(line);
}

/** The message of a line; throws ProtocolError for anything else. */
export function readLine(line: unknown): Message {
  const body = map(line, "line");
  if (body["version"] !== VERSION)
    throw new ProtocolError(`the server speaks version ${String(body["version"])}; reload the page`);
  switch (body["type"]) {
    case "ready":
      return { type: "ready", members: begun(body) };
    case "frame": {
      const frame = { ...readFrame(body), state: bytes(body["state"], "state") };
      return { type: "frame", member: number(body["member"], "member"), frame };
    }
    case "problem": {
      const member = body["member"] == null ? null : number(body["member"], "member");
      return { type: "problem", member, problem: problem(body["problem"]) };
    }
    case "progress":
      return { type: "progress", done: number(body["done"], "done"), total: number(body["total"], "total") };
    case "summary":
      return { type: "summary" };
    default:
      throw new ProtocolError(`there is no line of type '${String(body["type"])}'`);
  }
}

function begun(body: Body): (Begun | null)[] {
  const data = list(body["data"], "data", (entry) => map(entry, "data"));
  return list(body["members"], "members", (entry) => {
    const member = map(entry, "member");
    if (member["network"] == null) return null;
    const facts = data[number(member["data"], "data")];
    const ready = readReady({ ...facts, ...map(member["network"], "network") });
    return { ready, program: text(member["program"], "program") };
  });
}
