/** What an activation does to numbers and gradients, measured on what the engine answered. */

import type { Curve } from "../shared/plot/curve";

export interface Measures {
  /** Mean output where inputs are standard normal: 0 for one that is zero-centred. */
  mean: number;
  /** Where hardly any gradient passes, at the ends of the curve. */
  saturates: "no" | "below 0" | "above 0" | "on both sides";
  /** Whether no gradient at all passes below 0: a unit that stays there never learns again. */
  dead: boolean;
  /** The most that is left of a gradient after ten such layers, weights aside. */
  throughTen: number;
}

/** A local gradient below this is called none. */
const QUIET = 0.05;
const CENTRED = 0.01;
const LAYERS = 10;

export function measure({ x, value, local }: Curve): Measures {
  const weights = x.map((at) => Math.exp((-at * at) / 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = weights.reduce((sum, weight, i) => sum + weight * (value[i] ?? 0), 0) / total;
  const below = Math.abs(local[0] ?? 0) < QUIET;
  const above = Math.abs(local.at(-1) ?? 0) < QUIET;
  return {
    mean: Math.abs(mean) < CENTRED ? 0 : mean,
    saturates: below && above ? "on both sides" : below ? "below 0" : above ? "above 0" : "no",
    dead: x.every((at, i) => at >= 0 || local[i] === 0),
    throughTen: Math.max(...local.map(Math.abs)) ** LAYERS,
  };
}
