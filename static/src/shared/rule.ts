/** What a number in a box may be, in words, said where the number stands. */

export interface Rule {
  whole: boolean;
  lowest: number;
  highest: number;
}

/** The largest of the whole numbers that a computer counts without a gap: as good as no bound. */
export const MOST_WHOLE = 2 ** 53 - 1;

/** The number a text stands for, or the words for what is wrong with it. */
export function check(text: string, rule: Rule): { value: number } | { error: string } {
  const trimmed = text.trim().replace("\u2212", "-");
  if (trimmed === "") return { error: `empty: write ${wanted(rule)}` };
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (!Number.isFinite(value)) return { error: `'${shorten(trimmed)}' is no number: write ${wanted(rule)}` };
  if (rule.whole && !Number.isInteger(value)) return { error: `${shorten(trimmed)} is not a whole number` };
  if (value < rule.lowest)
    return { error: `${shorten(trimmed)} is too small: at least ${written(rule.lowest)}` };
  if (value > rule.highest)
    return { error: `${shorten(trimmed)} is too large: at most ${written(rule.highest)}` };
  return { value };
}

function wanted({ whole, lowest, highest }: Rule): string {
  const kind = whole ? "a whole number" : "a number";
  return highest === MOST_WHOLE ? kind : `${kind} from ${written(lowest)} to ${written(highest)}`;
}

/** A bound with every digit it has: 0.999999 is not 1. */
function written(bound: number): string {
  return bound.toLocaleString("en", { maximumFractionDigits: 20 });
}

function shorten(text: string): string {
  return text.length > 12 ? `${text.slice(0, 11)}\u2026` : text;
}

/** The next number of the series 1, 2, 5, 10, ... up or down: how rates are tried out. */
export function nudgeDecade(value: number, up: boolean): number {
  if (value <= 0) return up ? 0.0001 : 0;
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const series = [-1, 0, 1].flatMap((decade) => [1, 2, 5].map((digit) => decimal(digit, exponent + decade)));
  const found = up
    ? series.find((candidate) => candidate > value * 1.0001)
    : series.findLast((candidate) => candidate < value * 0.9999);
  return found ?? value;
}

/** 2 and -3 as exactly the number that the text 0.002 stands for. */
function decimal(digit: number, exponent: number): number {
  return Number(`${digit}e${exponent}`);
}
