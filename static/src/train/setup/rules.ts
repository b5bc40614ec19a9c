/** What each number may be, in words, said where the number stands. */
import type { Problem } from "../../shared/problem";

export interface Rule {
  whole: boolean;
  lowest: number;
  highest: number;
}

export type Field =
  "noise" | "samples" | "dataSeed" | "width1" | "width2" | "regularization" | "rate" | "batch" | "seed";

const MOST_SEED = 2 ** 53 - 1;

/** The rules; `samples` and `classes` bound how small and how large some of them may be. */
export function rulesFor({ samples, classes }: { samples: number; classes: number }): Record<Field, Rule> {
  return {
    noise: { whole: false, lowest: 0, highest: 1 },
    samples: { whole: true, lowest: 4 * classes, highest: 20_000 },
    dataSeed: { whole: true, lowest: 0, highest: MOST_SEED },
    width1: { whole: true, lowest: 1, highest: 256 },
    width2: { whole: true, lowest: 1, highest: 256 },
    regularization: { whole: false, lowest: 0, highest: 10 },
    rate: { whole: false, lowest: 0, highest: 100 },
    batch: { whole: true, lowest: 1, highest: trainingPoints(samples, classes) },
    seed: { whole: true, lowest: 0, highest: MOST_SEED },
  };
}

/** Points trained on: a quarter of each class, rounded to even as Python does, is held out. */
export function trainingPoints(samples: number, classes: number): number {
  const sizes = Array.from({ length: classes }, (_, label) => Math.ceil((samples - label) / classes));
  return sizes.reduce((sum, size) => sum + size - roundHalfEven(size / 4), 0);
}

function roundHalfEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}

/** The number a text stands for, or the words for what is wrong with it. */
export function check(text: string, rule: Rule): { value: number } | { error: string } {
  const trimmed = text.trim().replace("\u2212", "-");
  if (trimmed === "") return { error: `empty: write ${wanted(rule)}` };
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (!Number.isFinite(value)) return { error: `'${shorten(trimmed)}' is no number: write ${wanted(rule)}` };
  if (rule.whole && !Number.isInteger(value)) return { error: `${shorten(trimmed)} is not a whole number` };
  if (value < rule.lowest)
    return { error: `${shorten(trimmed)} is too small: at least ${rule.lowest.toLocaleString("en")}` };
  if (value > rule.highest)
    return { error: `${shorten(trimmed)} is too large: at most ${rule.highest.toLocaleString("en")}` };
  return { value };
}

function wanted({ whole, lowest, highest }: Rule): string {
  const kind = whole ? "a whole number" : "a number";
  return highest === MOST_SEED ? kind : `${kind} from ${lowest} to ${highest.toLocaleString("en")}`;
}

function shorten(text: string): string {
  return text.length > 12 ? `${text.slice(0, 11)}\u2026` : text;
}

const FIELDS: Record<string, Field> = {
  noise: "noise",
  samples: "samples",
  batch_size: "batch",
  learning_rate: "rate",
  regularization: "regularization",
  "the width of hidden layer 1": "width1",
  "the width of hidden layer 2": "width2",
};

/** The box a problem of the server is about, null when it is about none. */
export function fieldOf(problem: Problem): Field | null {
  const what = problem.parameters["what"] ?? problem.limit;
  return typeof what === "string" ? (FIELDS[what] ?? null) : null;
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
