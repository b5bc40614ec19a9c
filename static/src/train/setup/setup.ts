/** Everything the reader chooses, and the spec it stands for. */
import type { components } from "../../shared/schema";
import type { Spec } from "../live/protocol";
import type { Choices } from "./choices";

export interface DataSetup {
  name: string;
  classes: number;
  noise: number;
  samples: number;
  seed: number;
}

export interface NetworkSetup {
  /** Units of each hidden layer. */
  hidden: readonly number[];
  activation: string;
  regularization: number;
}

export interface LearningSetup {
  optimizer: string;
  rate: number;
  batch: number;
  seed: number;
}

export interface Setup {
  data: DataSetup;
  network: NetworkSetup;
  learning: LearningSetup;
}

/** Features of the plane: x and y. */
const FEATURES = 2;
/** The plane has colours and marks for so many classes. */
const CLASSES = 3;
const DEFAULT_NETWORK: NetworkSetup = { hidden: [16, 16], activation: "relu", regularization: 0.001 };
const DEFAULT_LEARNING: LearningSetup = { optimizer: "adam", rate: 0.01, batch: 32, seed: 0 };

/** Where the page starts. */
export function defaultSetup(choices: Choices): Setup {
  return {
    data: dataOf(choices, choices.datasets[0]?.name ?? "spiral", 0),
    network: DEFAULT_NETWORK,
    learning: DEFAULT_LEARNING,
  };
}

/** A data set with the values it begins with. */
export function dataOf(choices: Choices, name: string, seed: number): DataSetup {
  const entry = choices.datasets.find((dataset) => dataset.name === name);
  if (!entry) throw new RangeError(`there is no data set '${name}'`);
  return { name, classes: entry.classes, noise: entry.noise, samples: entry.samples, seed };
}

/** The numbers of classes to choose from. */
export function classChoices(choices: Choices, name: string): number[] {
  const [fewest, most] = choices.datasets.find((dataset) => dataset.name === name)?.class_range ?? [2, 2];
  return Array.from({ length: Math.min(most, CLASSES) - fewest + 1 }, (_, index) => fewest + index);
}

/** A chosen optimizer; a learning rate nobody touched becomes the one its rule begins with. */
export function withOptimizer(choices: Choices, learning: LearningSetup, optimizer: string): LearningSetup {
  const rateOf = (name: string) => choices.optimizers.find((rule) => rule.name === name)?.learning_rate;
  const untouched = learning.rate === rateOf(learning.optimizer) || learning.rate === DEFAULT_LEARNING.rate;
  const rate = untouched ? (rateOf(optimizer) ?? learning.rate) : learning.rate;
  return { ...learning, optimizer, rate };
}

/** What the layer builder is asked for. */
export function builderRequest({ data, network }: Setup): components["schemas"]["ProgramRequest"] {
  return { ...network, hidden: [...network.hidden], features: FEATURES, classes: data.classes };
}

export function specOf({ data, learning }: Setup, program: string): Spec {
  return {
    program,
    data: { ...data },
    optimizer: { name: learning.optimizer, learning_rate: learning.rate },
    batch_size: learning.batch,
    seed: learning.seed,
  };
}
