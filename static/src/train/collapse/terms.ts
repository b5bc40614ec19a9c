/** The one layer of a linear net in words and numbers: its formula term by term, its straight borders. */
import { formatNumber } from "../../shared/format";
import type { Tensor } from "../../shared/tensor";
import type { ParameterValues } from "../live/parts";

/** A part of a formula: a parameter with its numbers, or what stands between two. */
export type Term = { text: string; parameter: ParameterValues | null };

/** "W1 @ W2" as W1, " @ ", W2; what is no trained parameter stays text. */
export function termsOf(formula: string, parameters: readonly ParameterValues[]): Term[] {
  return formula
    .split(/([A-Za-z_]\w*)/)
    .filter((text) => text !== "")
    .map((text) => ({ text, parameter: parameters.find(({ name }) => name === text) ?? null }));
}

/** Numbers in their shape, at most two axes. */
export function nested({ shape, values }: ParameterValues): Tensor {
  const columns = shape.at(-1) ?? 1;
  if (shape.length < 2) return [...values];
  return Array.from({ length: values.length / columns }, (_, row) => [
    ...values.subarray(row * columns, (row + 1) * columns),
  ]);
}

/** A number of a matrix: two decimals, so that columns stay as wide as they are while it trains. */
export function two(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2).replace(/^-(?!0\.00$)/, "\u2212").replace("-", "") : formatNumber(value);
}

/** Two classes score alike along (w_i - w_j) . x + b_i - b_j = 0: a line, whatever the weights are. */
export interface Border {
  between: readonly [number, number];
  text: string;
}

/** The borders between each two classes; those of a single score are where it is 0. */
export function bordersOf(
  weights: readonly (readonly number[])[],
  bias: readonly number[],
  features: readonly string[],
): Border[] {
  if (bias.length === 1) {
    const line = lineOf(
      weights.map((row) => row[0] ?? 0),
      bias[0] ?? 0,
      features,
    );
    return [{ between: [0, 1], text: line }];
  }
  return bias.flatMap((one, i) =>
    bias.slice(i + 1).map((other, past) => {
      const j = i + 1 + past;
      const normal = weights.map((row) => (row[i] ?? 0) - (row[j] ?? 0));
      return { between: [i, j] as const, text: lineOf(normal, one - other, features) };
    }),
  );
}

function lineOf(normal: readonly number[], offset: number, features: readonly string[]): string {
  const terms = normal.map((factor, at) => ({ factor, name: features[at] ?? `x${at}` }));
  const words = [...terms, { factor: offset, name: "" }].map(({ factor, name }, at) => {
    const size = `${formatNumber(Math.abs(factor), 3)}${name && `\u2009${name}`}`;
    if (at === 0) return factor < 0 ? `\u2212${size}` : size;
    return factor < 0 ? `\u2212 ${size}` : `+ ${size}`;
  });
  return `${words.join(" ")} = 0`;
}
