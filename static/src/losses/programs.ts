/** The programs that the engine is asked to run: each loss of one point with its penalty, and its curve. */
import type { Choice } from "./choice";
import { REACH } from "./choice";

export interface Kind {
  id: "softmax" | "hinge";
  op: string;
  title: string;
  /** The loss of a matrix of scores, as the program calls it. */
  call: (scores: string, choice: Choice) => string;
  /** What the training page calls it. */
  trained: string;
}

export const KINDS: readonly Kind[] = [
  {
    id: "softmax",
    op: "cross_entropy",
    title: "Softmax cross-entropy",
    call: (scores) => `cross_entropy(${scores}, y)`,
    trained: "cross_entropy",
  },
  {
    id: "hinge",
    op: "hinge_loss",
    title: "Multiclass hinge (SVM)",
    call: (scores, { margin }) => `hinge_loss(${scores}, y, margin=${margin})`,
    trained: "hinge",
  },
];

/** One point: its data loss, the penalty on the weights, and their sum. */
export function pointProgram(kind: Kind, choice: Choice): string {
  const { scores, own, lambda, weights } = choice;
  return [
    `scores = [[${scores.join(", ")}]]`,
    `y = [${own}]`,
    `W = [${weights.map((row) => `[${row.join(", ")}]`).join(", ")}]`,
    `data_loss = ${kind.call("scores", choice)}`,
    "R = sum(W**2)",
    `regularization = ${lambda} * R`,
    "loss = data_loss + regularization",
  ].join("\n");
}

/** The same loss of every row of S by itself. */
export function curveProgram(kind: Kind, choice: Choice, rows: number): string {
  const names = Array.from({ length: rows }, (_, row) => `a${row}`);
  return [
    `y = [${choice.own}]`,
    ...names.map((name, row) => `${name}=${kind.call(`S[${row}:${row + 1}]`, choice)}`),
    `all = stack(${names.join(",")})`,
  ].join("\n");
}

const STEPS = 76;
/** To either side of a bend, so that the derivative's step stands upright. */
const BESIDE = 1e-6;

/** Where the curve is asked for: evenly, and close to where the hinge bends. */
export function gridOf({ scores, own, varied, margin }: Choice): number[] {
  const even = Array.from({ length: STEPS + 1 }, (_, step) => (2 * REACH * step) / STEPS - REACH);
  const lead = scores[own] ?? 0;
  const bends = varied === own ? scores.filter((_, other) => other !== own).map((score) => score + margin) : [lead - margin];
  const beside = bends.filter((bend) => Math.abs(bend) < REACH).flatMap((bend) => [bend - BESIDE, bend + BESIDE]);
  return [...even, ...beside].sort((a, b) => a - b);
}
