/** Numbers that the inputs panel reads from boxes and writes into the program. */
import { flatten, shapeOf, sizeOf, type Tensor } from "../../shared/tensor";

/** The finite number a box holds, null when it holds none. Accepts a typographic minus and a decimal comma. */
export function readNumber(text: string): number | null {
  const plain = text
    .trim()
    .replace("\u2212", "-")
    .replace(/^([+-]?\d*),(\d+)$/, "$1.$2");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** The tensor a text stands for: a number or nested lists of numbers; null when it is neither. */
export function readTensor(text: string): Tensor | null {
  const number = readNumber(text);
  if (number !== null) return number;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && isRectangular(value) ? (value as Tensor) : null;
  } catch {
    return null;
  }
}

function isRectangular(value: readonly unknown[]): boolean {
  if (value.length === 0) return false;
  if (value.every((part) => typeof part === "number")) return true;
  const [first] = value;
  return value.every(
    (part) => Array.isArray(part) && part.length === (first as unknown[]).length && isRectangular(part),
  );
}

/** A tensor as the language writes it: 2, [1, 2], [[1, 2], [3, 4]]. */
export function writeLiteral(tensor: Tensor): string {
  return Array.isArray(tensor) ? `[${tensor.map(writeLiteral).join(", ")}]` : String(tensor);
}

/** More numbers than these are kept beside the program, which is to be read. */
const MOST_WRITTEN = 100;

/** True for a tensor that is small enough to be written in the program. */
export function fitsProgram(tensor: Tensor): boolean {
  return sizeOf(shapeOf(tensor)) <= MOST_WRITTEN;
}

/** True for text that is a signed number or a list of them, as the program writes it. */
export function isLiteral(text: string): boolean {
  return /^[-+\u2212\d.eE[\],\s]*\d[-+\u2212\d.eE[\],\s]*$/.test(text);
}

/** The inputs whose names the program mentions: a value given to a name that is gone is kept but not sent. */
export function mentioned(inputs: Record<string, Tensor>, source: string): Record<string, Tensor> {
  const names = new Set(source.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => names.has(name)));
}

/** A copy of `tensor` with the element at `path` replaced. */
export function replaceAt(tensor: Tensor, path: readonly number[], value: number): Tensor {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (!Array.isArray(tensor)) return tensor;
  return tensor.map((part, position) => (position === head ? replaceAt(part, rest, value) : part));
}

export interface Range {
  low: number;
  high: number;
  step: number;
}

/** From end to end a slider's range is a number too. */
const WIDEST = Number.MAX_VALUE / 2;

/** A slider's range around `value`: symmetric, round, and wide enough to go on. */
export function sliderRange(value: number): Range {
  const size = Math.max(...flatten(value).map(Math.abs), 1);
  const magnitude = 10 ** Math.floor(Math.log10(size));
  const bound =
    [2, 5, 10, 20].map((factor) => factor * magnitude).find((edge) => edge >= 2 * size) ?? 2 * size;
  const high = Math.min(Math.max(bound, 5), WIDEST);
  return { low: -high, high, step: high / 100 };
}

/** A number as a box shows it: without the noise of a slider's steps. */
export function tidy(value: number, digits = 12): number {
  return Number(value.toPrecision(digits));
}

const MOST_CHARACTERS = 7;
const SMALL = 1e-3;

/** A number as its box shows it until it is edited: whole where it is short, else to so many digits, and no long row of zeros. */
export function brief(value: number, digits: number): string {
  const whole = String(value);
  if (whole.length <= MOST_CHARACTERS) return whole;
  const rounded = tidy(value, digits);
  const text = String(rounded);
  return text.length > MOST_CHARACTERS && Math.abs(rounded) < SMALL ? rounded.toExponential() : text;
}
