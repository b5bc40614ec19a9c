/** What nets may differ in: how each value is read from a setup, written into it, and named. */
import type { Choices } from "../../train/setup/choices";
import { fittingLoss, lossesFor } from "../../train/setup/fitting";
import { MOST_LAYERS } from "../../train/setup/link";
import { LINKED, type Key } from "../../train/setup/linked";
import { check } from "../../shared/rule";
import { ruleOf, WIDTH, type Field } from "../../train/setup/rules";
import { withHidden, type Setup } from "../../train/setup/setup";
import { readRule, ruleIn, withRule } from "./rule";

export interface Axis {
  /** In the address. */
  id: string;
  title: string;
  why: string;
  kind: "number" | "widths" | "choice" | "rule";
  /** Whether it changes the network, which a program written by hand leaves to nobody else. */
  ofNetwork: boolean;
  /** The box's rule, where it is a number. */
  field?: Field;
  /** Whether up and down go along 1, 2, 5, 10. */
  decades?: boolean;
  /** Values to begin with. */
  values: readonly string[];
  options?: (choices: Choices, setup: Setup) => readonly { value: string; text: string }[];
  read: (setup: Setup) => string;
  /** Undefined where the text is no such value. */
  write: (setup: Setup, text: string, choices: Choices) => Setup | undefined;
  /** The value as a card names it. */
  label: (text: string, choices: Choices) => string;
}

type Named = { name: string; title: string };
const titled = (entries: readonly Named[]) => entries.map(({ name, title }) => ({ value: name, text: title }));
const titleIn = (entries: readonly Named[], name: string) => entries.find((one) => one.name === name)?.title ?? name;

/** What a link already knows how to read and to write. */
function linked(key: Key): Pick<Axis, "read" | "write"> {
  const entry = LINKED.find((one) => one.key === key);
  if (!entry) throw new RangeError(`links have no '${key}'`);
  return { read: entry.read, write: entry.write };
}

function numbered(
  id: Key,
  title: string,
  symbol: string,
  why: string,
  values: readonly string[],
  extra: { field: Field; ofNetwork: boolean; decades?: boolean },
): Axis {
  return { id, title, why, kind: "number", values, ...extra, ...linked(id), label: (text) => `${symbol} ${text}` };
}

function chosen(
  id: Key,
  title: string,
  why: string,
  values: readonly string[],
  entries: (choices: Choices, setup: Setup) => readonly Named[],
  all: (choices: Choices) => readonly Named[],
  ofNetwork: boolean,
): Axis {
  return {
    id,
    title,
    why,
    kind: "choice",
    ofNetwork,
    values,
    options: (choices, setup) => titled(entries(choices, setup)),
    ...linked(id),
    label: (text, choices) => titleIn(all(choices), text),
  };
}

function widthsOf(text: string): number[] | undefined {
  if (text === "") return [];
  const read = text.split("-").map((part) => check(part, WIDTH));
  const widths = read.flatMap((part) => ("value" in part ? [part.value] : []));
  return widths.length === read.length && widths.length <= MOST_LAYERS ? widths : undefined;
}

const UNITS: Axis = {
  id: "hidden",
  title: "Hidden units",
  why: "More units bend the border more: capacity. Write 16-16 for two layers.",
  kind: "widths",
  ofNetwork: true,
  values: ["3", "6", "20"],
  read: ({ network }) => network.hidden.join("-"),
  write: (setup, text) => {
    const widths = widthsOf(text.trim());
    return widths && { ...setup, network: withHidden(setup.network, widths) };
  },
  label: (text) => (text === "" ? "no hidden layer" : text === "1" ? "1 unit" : `${text.replaceAll("-", "\u2013")} units`),
};

const DEPTH: Axis = {
  id: "depth",
  title: "Depth",
  why: "Hidden layers of the same width, one after the other.",
  kind: "number",
  ofNetwork: true,
  values: ["1", "2", "4"],
  read: ({ network }) => String(network.hidden.length),
  write: (setup, text) => {
    const read = check(text, { whole: true, lowest: 0, highest: MOST_LAYERS });
    if (!("value" in read)) return undefined;
    const width = setup.network.hidden[0] ?? 16;
    return { ...setup, network: withHidden(setup.network, Array<number>(read.value).fill(width)) };
  },
  label: (text) => `${text} hidden ${text === "1" ? "layer" : "layers"}`,
};

const ACTIVATION: Axis = {
  id: "activation",
  title: "Activation",
  why: "What bends: without one, layers collapse into a straight line.",
  kind: "choice",
  ofNetwork: true,
  values: ["relu", "tanh", "sigmoid"],
  options: (choices) => titled(choices.activation_entries),
  read: ({ network }) => network.activations[0] ?? "relu",
  write: (setup, text, choices) =>
    choices.activations.includes(text)
      ? { ...setup, network: { ...setup.network, activations: setup.network.activations.map(() => text) } }
      : undefined,
  label: (text, choices) => titleIn(choices.activation_entries, text),
};

const RULE: Axis = {
  id: "rule",
  title: "Optimizer and decay",
  why: "How parameters follow their gradients, how fast, and how the rate decays.",
  kind: "rule",
  ofNetwork: false,
  values: ["sgd", "momentum", "adam"],
  read: ruleIn,
  write: withRule,
  label: (text, choices) => {
    const { optimizer, rate, schedule } = readRule(text);
    const decays = schedule === "" || schedule === "constant" ? "" : `, ${titleIn(choices.schedules, schedule).toLowerCase()}`;
    return `${titleIn(choices.optimizers, optimizer)} ${rate}${decays}`;
  },
};

const BATCH: Axis = {
  id: "batch",
  title: "Batch size",
  why: "Points a step looks at: fewer are noisier and cheaper.",
  kind: "number",
  ofNetwork: false,
  field: "batch",
  values: ["4", "32", "256"],
  read: ({ learning }) => String(learning.batch),
  write: (setup, text) => {
    const read = check(text, ruleOf("batch", setup.data));
    return "value" in read ? { ...setup, learning: { ...setup.learning, batch: read.value } } : undefined;
  },
  label: (text) => `batch ${text}`,
};

/** Left to the activation, it has no name of its own. */
const FITTING = { name: "", title: "fits activation" };

const INITIALIZATION: Axis = chosen(
  "init",
  "Initialization",
  "Where the weights start: alike, small, large.",
  ["he", "normal", "zeros"],
  ({ initializers }) => [FITTING, ...initializers],
  ({ initializers }) => [FITTING, ...initializers],
  true,
);

const LOSS: Axis = {
  ...chosen(
    "loss",
    "Loss",
    "What counts as wrong, and how much.",
    ["cross_entropy", "hinge", "squared"],
    (choices, { data }) => choices.losses.filter(({ name }) => lossesFor(choices, data).includes(name)),
    ({ losses }) => losses,
    true,
  ),
  write: (setup, text, choices) =>
    lossesFor(choices, setup.data).includes(text) ? { ...setup, network: { ...setup.network, loss: text } } : undefined,
};

export const AXES: readonly Axis[] = [
  UNITS,
  DEPTH,
  numbered("regularization", "Regularization", "\u03bb", "Pulls weights towards 0: smoother borders, then too smooth.", ["0.001", "0.01", "0.1"], { field: "regularization", ofNetwork: true, decades: true }),
  ACTIVATION,
  RULE,
  numbered("rate", "Learning rate", "rate", "Too high diverges, too low crawls.", ["0.001", "0.01", "0.1"], { field: "rate", ofNetwork: false, decades: true }),
  BATCH,
  INITIALIZATION,
  LOSS,
  chosen("regularizer", "Kind of penalty", "What of the weights is penalized.", ["none", "l2", "l1"], ({ regularizers }) => regularizers, ({ regularizers }) => regularizers, true),
  numbered("weight_decay", "Weight decay", "decay", "Shrinks weights a little at every update.", ["0", "0.001", "0.01"], { field: "weightDecay", ofNetwork: false, decades: true }),
  numbered("momentum", "Momentum", "momentum", "How much of the last step is kept, where the rule has one.", ["0", "0.5", "0.9"], { field: "momentum", ofNetwork: false }),
  numbered("seed", "Seed", "seed", "Other first weights and minibatches: how much is luck?", ["0", "1", "2"], { field: "seed", ofNetwork: false }),
];

/** The axis of a name, undefined where there is none. */
export function axisOf(id: string): Axis | undefined {
  return AXES.find((axis) => axis.id === id);
}

/** What may differ: a program written by hand fixes its network. */
export function axesFor(program: string | null): readonly Axis[] {
  return program === null ? AXES : AXES.filter(({ ofNetwork }) => !ofNetwork);
}

/** Values to begin with that the setup allows; its own where none of them is. */
export function usualValues(axis: Axis, setup: Setup, choices: Choices): readonly string[] {
  const read = axis.values.flatMap((text) => {
    const made = axis.write(setup, text, choices);
    return made ? [axis.read(made)] : [];
  });
  return read.length > 0 ? read : [axis.read(setup)];
}

/** The setup with a value; as it was where the value cannot be its. */
export function withValue(axis: Axis, setup: Setup, text: string, choices: Choices): Setup {
  const changed = axis.write(setup, text, choices) ?? setup;
  return { ...changed, network: fittingLoss(choices, changed.network, changed.data) };
}
