/** The numbers written in a program: where they stand, and what they become when they are dragged. */
import { bracketsAt, callAt, parameterOf, parametersOf } from "./calls";
import type { Functions } from "./functions";
import type { Span } from "./spans";
import { tokensOf, type Token } from "./tokens";

export interface Literal {
  /** With its sign, where a minus before it is one. */
  span: Span;
  text: string;
  /** Raised to a power: a negative number then stands in parentheses. */
  base: boolean;
}

const MINUS = new Set(["-", "\u2212"]);
const POWER = new Set(["**", "^"]);
/** Parameters that count or name places. */
const WHOLE = new Set(["rows", "columns", "axis", "shape"]);
/** Digits that survive the noise of floating point. */
const DIGITS = 12;
const NOISE = 1e-9;

export function literalsOf(text: string): Literal[] {
  const tokens = tokensOf(text);
  return tokens.flatMap((token, position) => {
    if (token.kind !== "number") return [];
    const base = POWER.has(tokens[position + 1]?.text ?? "");
    // in -2**2 the minus is the power's.
    const signed = !base && isSign(tokens, position - 1) && tokens[position - 1]?.span[1] === token.span[0];
    const from = token.span[0] - (signed ? 1 : 0);
    return [{ span: [from, token.span[1]], text: text.slice(from, token.span[1]), base }];
  });
}

/** True for a minus that subtracts nothing: it follows no value. */
function isSign(tokens: readonly Token[], position: number): boolean {
  if (!MINUS.has(tokens[position]?.text ?? "")) return false;
  const before = tokens[position - 1];
  return before === undefined || (!["number", "name"].includes(before.kind) && !")]".includes(before.text));
}

/** The number that an offset is in or beside. */
export function literalAt(text: string, offset: number): Literal | null {
  return literalsOf(text).find(({ span: [start, end] }) => start <= offset && offset <= end) ?? null;
}

/** How far one step moves a number: a tenth of its size or less, as fine as it is written. */
export function stepOf(text: string): number {
  const value = Math.abs(valueOf(text));
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const written = 10 ** (Number(exponent) - (mantissa.split(".")[1]?.length ?? 0));
  const tenth = value === 0 ? 0.1 : 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.min(tenth, written);
}

/** True where only a whole number has a meaning: a size, an axis, an index. */
export function isWhole(text: string, offset: number, functions: Functions): boolean {
  if (bracketsAt(text, offset).at(-1)?.kind === "index") return true;
  const call = callAt(text, offset, (name) => functions.has(name));
  const signature = call && functions.get(call.name)?.signature;
  if (!call || !signature) return false;
  const parameter = parametersOf(signature)[parameterOf(call, signature)]?.split("=")[0] ?? "";
  return WHOLE.has(parameter);
}

/** The number so many steps further, as the program writes it; null where it leaves the finite ones. */
export function moved({ text, base }: Literal, steps: number, step: number): string | null {
  if (steps === 0) return text;
  const value = Number((valueOf(text) + steps * step).toPrecision(DIGITS));
  // what two numbers that should cancel leave is noise
  const clean = Math.abs(value) < step * NOISE ? 0 : value;
  if (!Number.isFinite(clean)) return null;
  return base && clean < 0 ? `(${clean})` : String(clean);
}

function valueOf(text: string): number {
  return Number(text.replace("\u2212", "-").replaceAll("_", ""));
}
