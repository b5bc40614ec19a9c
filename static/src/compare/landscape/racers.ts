/** Who races, how fast each goes, and how far apart the points of its path are. */
import type { components } from "../../shared/schema";
import type { Choices } from "../../train/setup/choices";
import type { Racer } from "./survey";

type Schemas = components["schemas"];
export type Valley = Schemas["Valley"];

/** Whose rate serves an optimizer that a landscape has none for, and how many times it. */
const KIN: Record<string, { of: string; times: number }> = {
  nesterov: { of: "momentum", times: 1 },
  adamw: { of: "adam", times: 1 },
  adagrad: { of: "adam", times: 5 },
};
const USUAL = ["sgd", "momentum", "rmsprop", "adam"];
/** The server keeps so many positions of all paths together; each path has a first and a last one besides. */
const POSITIONS = 1200;
const ENDS = 3;

/** The rate an optimizer begins with: the landscape's own, else a relative's, else its usual one. */
export function usualRate(optimizer: string, valley: Valley | null, choices: Choices): number {
  const own = valley?.optimizers.find((one) => one.optimizer.name === optimizer)?.optimizer.learning_rate;
  if (own !== undefined) return own;
  const usual = choices.optimizers.find(({ name }) => name === optimizer)?.learning_rate ?? 0.01;
  const kin = KIN[optimizer];
  const near = kin && valley?.optimizers.find((one) => one.optimizer.name === kin.of)?.optimizer.learning_rate;
  return kin && near !== undefined ? Number((kin.times * near).toPrecision(6)) : usual;
}

/** Those that race where nobody chose otherwise. */
export function usualRacers(valley: Valley | null, choices: Choices): readonly Racer[] {
  const known = USUAL.filter((name) => choices.optimizers.some((entry) => entry.name === name));
  return known.map((optimizer) => ({ optimizer, rate: usualRate(optimizer, valley, choices) }));
}

/** Updates between two points of each path: as few as the server keeps points for. */
export function spacing(updates: number, racers: number): number {
  const each = Math.floor(POSITIONS / Math.max(1, racers)) - ENDS;
  return Math.max(1, Math.ceil(updates / each));
}

/** The racers as the request names them. Weights of a landscape are vectors: decay is not to leave them alone. */
export function runnersOf(racers: readonly Racer[], choices: Choices): Schemas["LandscapeRequest"]["optimizers"] {
  return racers.map(({ optimizer, rate }) => {
    const entry = choices.optimizers.find(({ name }) => name === optimizer);
    const decay = entry?.weight_decay ?? 0;
    return {
      label: entry?.title ?? optimizer,
      optimizer: { name: optimizer, learning_rate: rate, ...(decay > 0 && { weight_decay: decay, exempt_biases: false }) },
    } as NonNullable<Schemas["LandscapeRequest"]["optimizers"]>[number];
  });
}
