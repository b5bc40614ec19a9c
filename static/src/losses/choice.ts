/** What the page is asked about: the scores of one point, its class, the margin, and a penalty; all of it in the address. */

export interface Choice {
  /** One for each class. */
  scores: readonly number[];
  /** The point's own class. */
  own: number;
  /** The score that the curves vary, the others held. */
  varied: number;
  margin: number;
  /** How much the penalty counts. */
  lambda: number;
  weights: readonly (readonly number[])[];
}

/** The lecture's point: three scores, and class 0 is right. */
export const LECTURE: Choice = {
  scores: [3.2, 5.1, -1.7],
  own: 0,
  varied: 0,
  margin: 1,
  lambda: 0.1,
  weights: [
    [0.5, -1.2, 0.3],
    [1, 0.4, -0.7],
  ],
};

/** Scores lie from -REACH to REACH, weights as far. */
export const REACH = 8;
const MOST_MARGIN = 4;

export function clamped(value: number, low = -REACH, high = REACH): number {
  return Math.max(low, Math.min(high, value));
}

export function writeChoice({ scores, own, varied, margin, lambda, weights }: Choice): string {
  return `?${new URLSearchParams({
    scores: scores.join("_"),
    class: String(own),
    vary: String(varied),
    margin: String(margin),
    lambda: String(lambda),
    weights: weights.map((row) => row.join("_")).join("__"),
  })}`;
}

/** What cannot be read is the lecture's. */
export function readChoice(search: string): Choice {
  const parameters = new URLSearchParams(search);
  const list = (text: string | null, usual: readonly number[]) => {
    const found = (text ?? "").split("_").map((part) => (part === "" ? Number.NaN : Number(part)));
    return found.length === usual.length && found.every(Number.isFinite) ? found.map((one) => clamped(one)) : usual;
  };
  const number = (key: string, usual: number, low: number, high: number) => {
    const text = parameters.get(key);
    const found = text === null || text === "" ? usual : Number(text);
    return Number.isFinite(found) ? clamped(found, low, high) : usual;
  };
  const place = (key: string, usual: number) => Math.round(number(key, usual, 0, LECTURE.scores.length - 1));
  const rows = (parameters.get("weights") ?? "").split("__");
  return {
    scores: list(parameters.get("scores"), LECTURE.scores),
    own: place("class", LECTURE.own),
    varied: place("vary", LECTURE.varied),
    margin: number("margin", LECTURE.margin, 0, MOST_MARGIN),
    lambda: number("lambda", LECTURE.lambda, 0, 1),
    weights: LECTURE.weights.map((row, place) => list(rows[place] ?? null, row)),
  };
}
