/** What to call a run: its rate and its rule, and whatever else of it is not as usual. */
import type { Choices } from "../setup/choices";
import { LINKED, type Key } from "../setup/linked";
import { dataOf, defaultSetup, entryOf, type Setup } from "../setup/setup";

/** Choices beyond the rate and the rule that a name has room for. */
const MOST = 3;

type Words = (value: string, setup: Setup, choices: Choices) => string;

/** Said in the page's own words; every other choice by its key and value. */
const WORDS: Partial<Record<Key, Words>> = {
  classes: (value) => `${value} classes`,
  features: (value) => value.split("\n").join(", "),
  bias: () => "no biases",
  init: (value) => `${value} start`,
  loss: (value, _, { losses }) => losses.find(({ name }) => name === value)?.title ?? value,
  regularizer: (value, _, { regularizers }) =>
    value === "none" ? "no penalty" : (regularizers.find(({ name }) => name === value)?.title ?? value),
  regularization: (value) => `λ ${value}`,
  schedule: (value) => `${value} decay`,
  clip: (value) => `clipped by ${value}`,
  exempt_biases: () => "biases penalized",
};
/** What a name says anyway, or what no curve is named by. */
const SAID: readonly Key[] = ["optimizer", "rate", "stop", "stop_when", "stop_value", "patience"];

/** "lr 0.1 · SGD · batch 64". */
export function runName(setup: Setup, edited: boolean, choices: Choices): string {
  const { data, network, learning } = setup;
  const first = defaultSetup(choices);
  const known = entryOf(choices, data.name);
  // a data set is compared with its own beginning
  const usual = known ? { ...first, data: dataOf(choices, data.name, first.data.seed) } : first;
  const rule = choices.optimizers.find(({ name }) => name === learning.optimizer)?.title ?? learning.optimizer;
  const others: string[] = [];
  if (edited) others.push("own program");
  else {
    if (network.hidden.join() !== usual.network.hidden.join())
      others.push(network.hidden.length === 0 ? "no hidden layer" : `${network.hidden.join("-")} units`);
    const activations = [...new Set(network.activations)].join("-");
    if (activations !== [...new Set(usual.network.activations)].join("-")) others.push(activations);
  }
  if (data.name !== first.data.name) others.push(known?.title ?? "own points");
  if (learning.batch !== usual.learning.batch) others.push(`batch ${learning.batch}`);
  if (known && data.samples !== usual.data.samples) others.push(`${data.samples} points`);
  for (const { key, read } of LINKED) {
    const value = read(setup);
    if (SAID.includes(key) || value === read(usual)) continue;
    others.push(WORDS[key]?.(value, setup, choices) ?? `${key.replaceAll("_", " ")} ${value}`);
  }
  return [`lr ${learning.rate}`, rule, ...others.slice(0, MOST)].join(" · ");
}
