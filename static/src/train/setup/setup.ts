/** Everything the reader chooses, and the requests it stands for. */
import type { components } from "../../shared/schema";
import type { Spec } from "../live/protocol";
import type { Choices } from "./choices";

type Schemas = components["schemas"];
export type DataSetEntry = Schemas["DataSetEntry"];

/** Points drawn by hand or read from a file. */
export interface OwnPoints {
  x: readonly number[];
  y: readonly number[];
  label: readonly number[];
  /** Which are held out to validate with; empty where the seed chooses. */
  heldOut: readonly boolean[];
}

/** What points of one's own are called. */
export const OWN = "own";

export interface DataSetup {
  name: string;
  classes: number;
  noise: number;
  samples: number;
  seed: number;
  /** Relative size of each class; empty for equal ones. */
  balance: readonly number[];
  validationShare: number;
  /** The points where `name` is "own". */
  own: OwnPoints | null;
  /** Columns of X: names of features or programs of x, y, r and theta. */
  features: readonly string[];
}

export interface NetworkSetup {
  /** Units of each hidden layer. */
  hidden: readonly number[];
  /** One for each hidden layer; the first also where there is none. */
  activations: readonly string[];
  bias: boolean;
  /** Null is each activation's own. */
  initializer: string | null;
  /** Standard deviation of normal, bound of uniform initial values. */
  scale: number;
  loss: string;
  regularizer: string;
  regularization: number;
  /** Of the elastic net: the strength of its L1 part. */
  regularizationL1: number;
  exemptBiases: boolean;
}

export interface LearningSetup {
  optimizer: string;
  rate: number;
  momentum: number;
  beta1: number;
  beta2: number;
  /** Of RMSProp: the share kept. */
  alpha: number;
  weightDecay: number;
  schedule: string;
  /** How long a step of the schedule lasts, in epochs. */
  scheduleEpochs: number;
  gamma: number;
  floor: number;
  warmup: number;
  /** How the gradient is clipped, "" for not at all. */
  clip: string;
  clipLimit: number;
  /** The metric that may stop the run, "" for none. */
  stop: string;
  stopWhen: string;
  stopValue: number;
  patience: number;
  batch: number;
  seed: number;
}

export interface Setup {
  data: DataSetup;
  network: NetworkSetup;
  learning: LearningSetup;
}

export const PLAIN_FEATURES: readonly string[] = ["x", "y"];

export const DEFAULT_NETWORK: NetworkSetup = {
  hidden: [16, 16],
  activations: ["relu", "relu"],
  bias: true,
  initializer: null,
  scale: 0.1,
  loss: "cross_entropy",
  regularizer: "l2",
  regularization: 0.001,
  regularizationL1: 0.001,
  exemptBiases: true,
};

export const DEFAULT_LEARNING: LearningSetup = {
  optimizer: "adam",
  rate: 0.01,
  momentum: 0.9,
  beta1: 0.9,
  beta2: 0.999,
  alpha: 0.99,
  weightDecay: 0,
  schedule: "constant",
  scheduleEpochs: 30,
  gamma: 0.5,
  floor: 0,
  warmup: 0,
  clip: "",
  clipLimit: 1,
  stop: "",
  stopWhen: "no_improvement",
  stopValue: 0,
  patience: 20,
  batch: 32,
  seed: 0,
};

/** Where the page starts. */
export function defaultSetup(choices: Choices): Setup {
  return {
    data: dataOf(choices, choices.datasets[0]?.name ?? "spiral", 0),
    network: DEFAULT_NETWORK,
    learning: DEFAULT_LEARNING,
  };
}

/** The entry of a data set, undefined for points of one's own. */
export function entryOf(choices: Choices, name: string): DataSetEntry | undefined {
  return choices.datasets.find((dataset) => dataset.name === name);
}

/** A data set with the values it begins with. */
export function dataOf(choices: Choices, name: string, seed: number): DataSetup {
  const entry = entryOf(choices, name);
  if (!entry) throw new RangeError(`there is no data set '${name}'`);
  return {
    name,
    classes: entry.classes,
    noise: entry.noise,
    samples: entry.samples,
    seed,
    balance: [],
    validationShare: 0.25,
    own: null,
    features: PLAIN_FEATURES,
  };
}

/** Points of one's own as data; the other choices of the data before stay. */
export function dataOfOwn(own: OwnPoints, before: DataSetup): DataSetup {
  const classes = Math.max(...own.label, 0) + 1;
  return { ...before, name: OWN, classes, samples: own.label.length, noise: 0, balance: [], own };
}

/** Whether the points lie in the plane: features and a boundary need that. */
export function inPlane(choices: Choices, data: DataSetup): boolean {
  return entryOf(choices, data.name)?.in_plane ?? true;
}

/** Columns of X. */
export function columnsOf(choices: Choices, data: DataSetup): number {
  return inPlane(choices, data) ? data.features.length : (entryOf(choices, data.name)?.columns ?? 2);
}

/** The numbers of classes to choose from. */
export function classChoices(choices: Choices, name: string): number[] {
  const [fewest, most] = entryOf(choices, name)?.class_range ?? [2, 2];
  return Array.from({ length: most - fewest + 1 }, (_, index) => fewest + index);
}

/** A chosen optimizer; a learning rate nobody touched becomes the one its rule begins with. */
export function withOptimizer(choices: Choices, learning: LearningSetup, optimizer: string): LearningSetup {
  const rateOf = (name: string) => choices.optimizers.find((rule) => rule.name === name)?.learning_rate;
  const untouched = learning.rate === rateOf(learning.optimizer) || learning.rate === DEFAULT_LEARNING.rate;
  const rate = untouched ? (rateOf(optimizer) ?? learning.rate) : learning.rate;
  return { ...learning, optimizer, rate };
}

/** Hidden layers of these widths; each keeps the activation of its place, a new one that of the layer before. */
export function withHidden(network: NetworkSetup, hidden: readonly number[]): NetworkSetup {
  const last = network.activations.at(-1) ?? "relu";
  const activations = Array.from(
    { length: Math.max(hidden.length, 1) },
    (_, layer) => network.activations[layer] ?? last,
  );
  return { ...network, hidden, activations };
}

/** What the layer builder is asked for. */
export function builderRequest(choices: Choices, { data, network }: Setup): Schemas["ProgramRequest"] {
  const [first = "relu"] = network.activations;
  const alike = network.hidden.length === 0 || network.activations.every((name) => name === first);
  return {
    features: columnsOf(choices, data),
    classes: data.classes,
    hidden: [...network.hidden],
    activation: alike ? first : [...network.activations],
    bias: network.bias,
    initializer: network.initializer,
    scale: network.scale,
    loss: network.loss,
    regularizer: network.regularizer,
    regularization: network.regularization,
    regularization_l1: network.regularizationL1,
    exempt_biases: network.exemptBiases,
  };
}

/** The training that a setup and a program stand for. */
export function specOf(choices: Choices, { data, learning }: Setup, program: string): Spec {
  return {
    program,
    data: dataRequest(data),
    optimizer: {
      name: learning.optimizer,
      learning_rate: learning.rate,
      momentum: learning.momentum,
      beta1: learning.beta1,
      beta2: learning.beta2,
      alpha: learning.alpha,
      weight_decay: learning.weightDecay,
    },
    batch_size: learning.batch,
    seed: learning.seed,
    schedule: {
      name: learning.schedule,
      epochs: learning.scheduleEpochs,
      gamma: learning.gamma,
      floor: learning.floor,
      warmup: learning.warmup,
    },
    clip: learning.clip === "" ? null : { by: learning.clip, limit: learning.clipLimit },
    stop:
      learning.stop === ""
        ? null
        : {
            metric: learning.stop,
            when: learning.stopWhen,
            value: learning.stopValue,
            patience: learning.patience,
          },
    ...(inPlane(choices, data) && { features: [...data.features] }),
  };
}

/** The points to learn from; what follows from points of one's own is not said again. */
export function dataRequest(data: DataSetup): Schemas["DataRequest"] {
  const shared = { name: data.name, seed: data.seed, validation_share: data.validationShare };
  if (data.own !== null) {
    const { x, y, label, heldOut } = data.own;
    return { ...shared, own: { x: [...x], y: [...y], label: [...label], held_out: [...heldOut] } };
  }
  const { classes, samples, noise, balance } = data;
  return { ...shared, classes, samples, noise, balance: [...balance] };
}
