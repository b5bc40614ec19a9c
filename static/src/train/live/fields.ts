/** Reading the fields of a message: each says what is wrong with it. */
import { isProblem, type Problem } from "../../shared/problem";

/** What arrived is not a message of this protocol. */
export class ProtocolError extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = "ProtocolError";
  }
}

export type Body = Record<string, unknown>;

export function map(value: unknown, what: string): Body {
  if (typeof value !== "object" || value === null) throw new ProtocolError(`${what} is not a map`);
  return value as Body;
}

/** A list, each entry read; empty where there is none. */
export function list<T>(value: unknown, what: string, entry: (value: unknown) => T): T[] {
  if (value == null) return [];
  if (!Array.isArray(value)) throw new ProtocolError(`${what} is not a list`);
  return (value as unknown[]).map(entry);
}

/** Non-finite numbers come as the strings "NaN", "Infinity", "-Infinity". */
export function number(value: unknown, what: string): number {
  if (typeof value === "number") return value;
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return Number(value);
  throw new ProtocolError(`${what} is not a number`);
}

export function optional(value: unknown, what: string): number | null {
  return value == null ? null : number(value, what);
}

export function text(value: unknown, what: string): string {
  if (typeof value !== "string") throw new ProtocolError(`${what} is not text`);
  return value;
}

/** Bytes: as they are in MessagePack, as base64 in JSON. */
export function bytes(value: unknown, what: string): Uint8Array {
  if (typeof value === "string") return fromBase64(value, what);
  if (!(value instanceof Uint8Array)) throw new ProtocolError(`${what} is not bytes`);
  return value;
}

function fromBase64(text: string, what: string): Uint8Array {
  let letters: string;
  try {
    letters = atob(text);
  } catch {
    throw new ProtocolError(`${what} is not base64`);
  }
  const found = new Uint8Array(letters.length);
  for (let index = 0; index < letters.length; index += 1) found[index] = letters.charCodeAt(index);
  return found;
}

export function problem(value: unknown): Problem {
  if (!isProblem(value)) throw new ProtocolError("the problem has no detail");
  return value;
}
