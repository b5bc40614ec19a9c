/** The page's address holds everything chosen, and the program when it was edited. Links carry a version. */
import type { Choices } from "./choices";
import { check, rulesFor, trainingPoints, type Field } from "./rules";
import { classChoices, dataOf, defaultSetup, type Setup } from "./setup";

export const VERSION = 1;
/** Updates a second to choose from; null is no limit. */
export const SPEEDS: readonly (number | null)[] = [null, 1000, 100, 30, 10, 1];

export interface Lesson {
  setup: Setup;
  /** Null when it is the layer builder's. */
  program: string | null;
  speed: number | null;
}

export function writeLink({ setup, program, speed }: Lesson): string {
  const { data, network, learning } = setup;
  const parameters = new URLSearchParams({
    v: String(VERSION),
    data: data.name,
    classes: String(data.classes),
    noise: String(data.noise),
    samples: String(data.samples),
    data_seed: String(data.seed),
    hidden: network.hidden.join("-"),
    activation: network.activation,
    regularization: String(network.regularization),
    optimizer: learning.optimizer,
    rate: String(learning.rate),
    batch: String(learning.batch),
    seed: String(learning.seed),
  });
  if (speed !== null) parameters.set("speed", String(speed));
  if (program !== null) parameters.set("program", program);
  return `?${parameters}`;
}

/** The lesson of an address, and in words what of it could not be read: there the default stands. */
export function readLink(search: string, choices: Choices): { lesson: Lesson; notice: string | null } {
  const parameters = new URLSearchParams(search);
  const mangled: string[] = [];
  const defaults = defaultSetup(choices);

  function oneOf<T extends string | number | null>(key: string, allowed: readonly T[], otherwise: T): T {
    const text = parameters.get(key);
    if (text === null) return otherwise;
    const found = allowed.find((value) => String(value) === text);
    if (found !== undefined) return found;
    mangled.push(key);
    return otherwise;
  }

  const name = oneOf(
    "data",
    choices.datasets.map((entry) => entry.name),
    defaults.data.name,
  );
  const start = dataOf(choices, name, defaults.data.seed);
  const classes = oneOf("classes", classChoices(choices, name), start.classes);

  function numberOf(key: string, field: Field, otherwise: number, samples = start.samples): number {
    const text = parameters.get(key);
    if (text === null) return otherwise;
    const read = check(text, rulesFor({ samples, classes })[field]);
    if ("value" in read) return read.value;
    mangled.push(key);
    return otherwise;
  }

  function widths(): readonly number[] {
    const text = parameters.get("hidden");
    if (text === null) return defaults.network.hidden;
    const rule = rulesFor({ samples: start.samples, classes }).width1;
    const read = text.split("-").map((part) => check(part, rule));
    const values = read.flatMap((part) => ("value" in part ? [part.value] : []));
    if (values.length === read.length && values.length <= 2) return values;
    mangled.push("hidden");
    return defaults.network.hidden;
  }

  const samples = numberOf("samples", "samples", start.samples);
  const setup: Setup = {
    data: {
      name,
      classes,
      samples,
      noise: numberOf("noise", "noise", start.noise),
      seed: numberOf("data_seed", "dataSeed", start.seed),
    },
    network: {
      hidden: widths(),
      activation: oneOf("activation", choices.activations, defaults.network.activation),
      regularization: numberOf("regularization", "regularization", defaults.network.regularization),
    },
    learning: {
      optimizer: oneOf(
        "optimizer",
        choices.optimizers.map((rule) => rule.name),
        defaults.learning.optimizer,
      ),
      rate: numberOf("rate", "rate", defaults.learning.rate),
      batch: numberOf(
        "batch",
        "batch",
        Math.min(defaults.learning.batch, trainingPoints(samples, classes)),
        samples,
      ),
      seed: numberOf("seed", "seed", defaults.learning.seed),
    },
  };
  const speed = oneOf("speed", SPEEDS, null);
  return { lesson: { setup, speed, program: parameters.get("program") }, notice: words(parameters, mangled) };
}

function words(parameters: URLSearchParams, mangled: readonly string[]): string | null {
  const notices: string[] = [];
  const version = parameters.get("v") ?? String(VERSION);
  if (!/^\d+$/.test(version)) mangled = ["v", ...mangled];
  else if (Number(version) > VERSION)
    notices.push("This link comes from a newer version: some of it may be missing.");
  if (mangled.length > 0) {
    const names = mangled.map((key) => `\u2018${key}\u2019`).join(", ");
    notices.push(
      `This link could not be read whole: ${names} ${mangled.length === 1 ? "is" : "are"} as usual.`,
    );
  }
  return notices.join(" ") || null;
}
