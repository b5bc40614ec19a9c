/** The choices of a link that are one text each: how each is read from the setup and written into it. */
import type { Choices } from "./choices";
import { check } from "../../shared/rule";
import { ruleOf, type Field } from "./rules";
import {
  classChoices,
  DEFAULT_LEARNING,
  DEFAULT_NETWORK,
  PLAIN_FEATURES,
  type DataSetup,
  type LearningSetup,
  type NetworkSetup,
  type Setup,
} from "./setup";

export interface Linked {
  key: Key;
  /** The value as it stands in the address. */
  read: (setup: Setup) => string;
  /** The setup with the value of a text, undefined where it cannot be one. */
  write: (setup: Setup, text: string, choices: Choices) => Setup | undefined;
  /** Whether a link says it also where it is as usual: these were in the first links there were. */
  always: boolean;
  usual: string;
}

export type Key =
  | "classes" | "noise" | "data_seed" | "balance" | "held_out" | "features" // prettier-ignore
  | "bias" | "init" | "scale" | "loss" | "regularizer" | "regularization" | "l1" | "exempt_biases" // prettier-ignore
  | "optimizer" | "rate" | "momentum" | "beta1" | "beta2" | "alpha" | "weight_decay" // prettier-ignore
  | "schedule" | "schedule_epochs" | "gamma" | "floor" | "warmup" | "clip" | "clip_limit" // prettier-ignore
  | "stop" | "stop_when" | "stop_value" | "patience" | "seed"; // prettier-ignore

type Named<Group, Value> = { [Key in keyof Group]: Group[Key] extends Value ? Key : never }[keyof Group];

const data = (setup: Setup, change: Partial<DataSetup>): Setup => ({ ...setup, data: { ...setup.data, ...change } });
const network = (setup: Setup, change: Partial<NetworkSetup>): Setup => ({
  ...setup,
  network: { ...setup.network, ...change },
});
const learning = (setup: Setup, change: Partial<LearningSetup>): Setup => ({
  ...setup,
  learning: { ...setup.learning, ...change },
});

function numberIn(text: string, field: Field, setup: Setup): number | undefined {
  const read = check(text, ruleOf(field, setup.data));
  return "value" in read ? read.value : undefined;
}

function dataNumber(key: Key, name: "noise" | "seed" | "validationShare", field: Field, usual: string, always = false): Linked {
  return {
    key,
    read: (setup) => String(setup.data[name]),
    write: (setup, text) => {
      const value = numberIn(text, field, setup);
      return value === undefined ? undefined : data(setup, { [name]: value });
    },
    always,
    usual,
  };
}

function networkNumber(key: Key, name: Named<NetworkSetup, number> & Field, always = false): Linked {
  return {
    key,
    read: (setup) => String(setup.network[name]),
    write: (setup, text) => {
      const value = numberIn(text, name, setup);
      return value === undefined ? undefined : network(setup, { [name]: value });
    },
    always,
    usual: String(DEFAULT_NETWORK[name]),
  };
}

function networkFlag(key: Key, name: Named<NetworkSetup, boolean>): Linked {
  return {
    key,
    read: (setup) => (setup.network[name] ? "1" : "0"),
    write: (setup, text) => (["0", "1"].includes(text) ? network(setup, { [name]: text === "1" }) : undefined),
    always: false,
    usual: DEFAULT_NETWORK[name] ? "1" : "0",
  };
}

type Names = (choices: Choices) => readonly { name: string }[];

/** A choice among the server's names; where `none` is allowed, it is the empty text. */
function networkName(key: Key, name: "initializer" | "loss" | "regularizer", names: Names): Linked {
  return {
    key,
    read: (setup) => setup.network[name] ?? "",
    write: (setup, text, choices) => {
      if (text === "" && name === "initializer") return network(setup, { initializer: null });
      return names(choices).some((part) => part.name === text) ? network(setup, { [name]: text }) : undefined;
    },
    always: false,
    usual: DEFAULT_NETWORK[name] ?? "",
  };
}

function learningNumber(key: Key, name: Named<LearningSetup, number> & Field, always = false): Linked {
  return {
    key,
    read: (setup) => String(setup.learning[name]),
    write: (setup, text) => {
      const value = numberIn(text, name, setup);
      return value === undefined ? undefined : learning(setup, { [name]: value });
    },
    always,
    usual: String(DEFAULT_LEARNING[name]),
  };
}

function learningName(key: Key, name: Named<LearningSetup, string>, names: Names, none = false, always = false): Linked {
  return {
    key,
    read: (setup) => setup.learning[name],
    write: (setup, text, choices) =>
      (text === "" && none) || names(choices).some((entry) => entry.name === text)
        ? learning(setup, { [name]: text })
        : undefined,
    always,
    usual: DEFAULT_LEARNING[name],
  };
}

const keys = (table: Record<string, string>) => Object.keys(table).map((name) => ({ name }));

export const LINKED: readonly Linked[] = [
  {
    key: "classes",
    read: ({ data }) => String(data.classes),
    write: (setup, text, choices) => {
      const classes = classChoices(choices, setup.data.name).find((many) => String(many) === text);
      return classes === undefined ? undefined : data(setup, { classes });
    },
    always: true,
    usual: "",
  },
  dataNumber("noise", "noise", "noise", "", true),
  dataNumber("data_seed", "seed", "dataSeed", "0", true),
  dataNumber("held_out", "validationShare", "validationShare", "0.25"),
  {
    key: "balance",
    read: ({ data }) => data.balance.join("-"),
    write: (setup, text) => {
      const balance = text === "" ? [] : text.split("-").map(Number);
      const fits = balance.length === 0 || balance.length === setup.data.classes;
      return fits && balance.every((size) => size >= 0.01 && size <= 100) ? data(setup, { balance }) : undefined;
    },
    always: false,
    usual: "",
  },
  {
    key: "features",
    // a formula may hold any character but a line's end
    read: ({ data }) => data.features.join("\n"),
    write: (setup, text) => (text.trim() === "" ? undefined : data(setup, { features: text.split("\n") })),
    always: false,
    usual: PLAIN_FEATURES.join("\n"),
  },
  networkFlag("bias", "bias"),
  networkName("init", "initializer", ({ initializers }) => initializers),
  networkNumber("scale", "scale"),
  networkName("loss", "loss", ({ losses }) => losses),
  networkName("regularizer", "regularizer", ({ regularizers }) => regularizers),
  networkNumber("regularization", "regularization", true),
  networkNumber("l1", "regularizationL1"),
  networkFlag("exempt_biases", "exemptBiases"),
  learningName("optimizer", "optimizer", ({ optimizers }) => optimizers, false, true),
  learningNumber("rate", "rate", true),
  learningNumber("momentum", "momentum"),
  learningNumber("beta1", "beta1"),
  learningNumber("beta2", "beta2"),
  learningNumber("alpha", "alpha"),
  learningNumber("weight_decay", "weightDecay"),
  learningName("schedule", "schedule", ({ schedules }) => schedules),
  learningNumber("schedule_epochs", "scheduleEpochs"),
  learningNumber("gamma", "gamma"),
  learningNumber("floor", "floor"),
  learningNumber("warmup", "warmup"),
  learningName("clip", "clip", ({ clippings }) => clippings, true),
  learningNumber("clip_limit", "clipLimit"),
  learningName("stop", "stop", ({ metrics }) => keys(metrics), true),
  learningName("stop_when", "stopWhen", ({ conditions }) => keys(conditions)),
  learningNumber("stop_value", "stopValue"),
  learningNumber("patience", "patience"),
  learningNumber("seed", "seed", true),
];
