/** What each number of a training may be, and which box a problem is about. */
import { MOST_WHOLE, type Rule } from "../../shared/rule";
import type { Problem } from "../../shared/problem";
import type { DataSetup } from "./setup";

export type Field =
  | "noise"
  | "samples"
  | "dataSeed"
  | "validationShare"
  | "balance"
  | `width${number}`
  | "scale"
  | "regularization"
  | "regularizationL1"
  | "rate"
  | "momentum"
  | "beta1"
  | "beta2"
  | "alpha"
  | "weightDecay"
  | "scheduleEpochs"
  | "gamma"
  | "floor"
  | "warmup"
  | "clipLimit"
  | "stopValue"
  | "patience"
  | "batch"
  | "seed";

const MOST_KEPT = 0.999999;
/** The fewest points of a class, so that the split leaves some on either side. */
const FEWEST = 4;

const SEED: Rule = { whole: true, lowest: 0, highest: MOST_WHOLE };
export const WIDTH: Rule = { whole: true, lowest: 1, highest: 256 };
const SHARE: Rule = { whole: false, lowest: 0, highest: 1 };
const KEPT: Rule = { whole: false, lowest: 0, highest: MOST_KEPT };

/** What the rules depend on. */
export type Sizes = Pick<DataSetup, "samples" | "classes" | "balance" | "validationShare" | "own">;

/** The rule of each field; the points there are bound how small and how large some of them may be. */
export function ruleOf(field: Field, sizes: Sizes): Rule {
  return field.startsWith("width") ? WIDTH : RULES[field as Exclude<Field, `width${number}`>](sizes);
}

const number = (lowest: number, highest: number) => (): Rule => ({ whole: false, lowest, highest });

const RULES: Record<Exclude<Field, `width${number}`>, (sizes: Sizes) => Rule> = {
  noise: () => SHARE,
  samples: ({ classes }) => ({ whole: true, lowest: FEWEST * classes, highest: 20_000 }),
  dataSeed: () => SEED,
  validationShare: number(0.01, 0.4),
  balance: number(0.01, 100),
  scale: number(0, 100),
  regularization: number(0, 10),
  regularizationL1: number(0, 10),
  rate: number(0, 100),
  momentum: () => KEPT,
  beta1: () => KEPT,
  beta2: () => KEPT,
  alpha: () => KEPT,
  weightDecay: number(0, 10),
  scheduleEpochs: number(0.01, 1e6),
  gamma: () => SHARE,
  floor: () => SHARE,
  warmup: number(0, 1e6),
  clipLimit: number(1e-6, 1e6),
  stopValue: number(0, 1e6),
  patience: () => ({ whole: true, lowest: 1, highest: 1_000_000 }),
  batch: (sizes) => ({ whole: true, lowest: 1, highest: trainingPoints(sizes) }),
  seed: () => SEED,
};

/** Points trained on: of each class the share held out, rounded to even as Python does, is left out. */
export function trainingPoints(sizes: Sizes): number {
  const { own } = sizes;
  if (own !== null && own.heldOut.length > 0) return own.heldOut.filter((held) => !held).length;
  return classSizes(sizes).reduce((sum, size) => sum + size - roundHalfEven(size * sizes.validationShare), 0);
}

/** Points of each class: shared out by weight, what is left over to the largest remainders. */
function classSizes({ samples, classes, balance, own }: Sizes): number[] {
  if (own !== null)
    return Array.from({ length: classes }, (_, label) => own.label.filter((one) => one === label).length);
  const weights = balance.length === classes ? balance : Array.from({ length: classes }, () => 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (samples * weight) / total);
  const sizes = exact.map(Math.floor);
  const left = samples - sizes.reduce((sum, size) => sum + size, 0);
  const byRemainder = exact.map((share, label) => ({ label, rest: share - Math.floor(share) }));
  byRemainder.sort((a, b) => b.rest - a.rest || a.label - b.label);
  for (const { label } of byRemainder.slice(0, left)) sizes[label] = (sizes[label] ?? 0) + 1;
  return sizes;
}

function roundHalfEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}

/** What the server calls a field. */
const FIELDS: Record<string, Field> = {
  noise: "noise",
  samples: "samples",
  validation_share: "validationShare",
  batch_size: "batch",
  learning_rate: "rate",
  momentum: "momentum",
  beta1: "beta1",
  beta2: "beta2",
  alpha: "alpha",
  weight_decay: "weightDecay",
  epochs: "scheduleEpochs",
  gamma: "gamma",
  floor: "floor",
  warmup: "warmup",
  limit: "clipLimit",
  value: "stopValue",
  patience: "patience",
  scale: "scale",
  regularization: "regularization",
  regularization_l1: "regularizationL1",
};

/** The box a problem of the server with these data is about, null when it is about none. */
export function fieldOf(problem: Problem, { balance, own }: Pick<Sizes, "balance" | "own">): Field | null {
  // points of one's own have no box that says how many
  if (problem.code === "too_few_points" && own === null) return balance.length > 0 ? "balance" : "samples";
  const what = problem.parameters["what"] ?? problem.limit;
  if (typeof what !== "string") return null;
  const layer = /^the width of hidden layer (\d+)$/.exec(what)?.[1];
  return layer === undefined ? (FIELDS[what] ?? null) : `width${Number(layer)}`;
}
