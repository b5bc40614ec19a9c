/** A path in time, and how high a landscape is shaded. */
import type { components } from "../../shared/schema";
import { logTick } from "../../train/curves/scales";
import { loss } from "../../train/numbers";

export type Answer = components["schemas"]["LandscapeAnswer"];
export type Path = components["schemas"]["LandscapePath"];
export type Place = readonly [number, number];

/** The part of a path that has been walked after so many updates, its last place between two points where it is between two. */
export function walked({ updates, points }: Pick<Path, "updates" | "points">, time: number): Place[] {
  const after = updates.findIndex((update) => update > time);
  if (after === -1) return points.map(([a, b]) => [a, b] as const);
  const done = points.slice(0, after).map(([a, b]) => [a, b] as const);
  const [from, to] = [points[after - 1], points[after]];
  if (!from || !to) return done;
  const [begun, ended] = [updates[after - 1] ?? 0, updates[after] ?? 0];
  const share = (time - begun) / (ended - begun);
  return [...done, [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]];
}

/** The loss of a path after so many updates: that of the last point it has come to; null before there is one. */
export function lossAt({ updates, losses }: Pick<Path, "updates" | "losses">, time: number): number | null {
  const at = updates.findLastIndex((update) => update <= time);
  const found = losses[at];
  return found === undefined ? null : Number(found);
}

/** A loss in few letters, however small: 0.1240, 3.2e\u22125. */
export function smallLoss(value: number): string {
  if (!(value > 0 && value < 0.001)) return loss(value);
  return value.toExponential(1).replace("-", "\u2212");
}

/** Of an axis of powers of ten: the powers alone where numbers would be long. */
export function powerTick(value: number): string {
  const tick = logTick(value);
  if (value >= 0.001 || tick === "") return tick;
  const [digits, power = ""] = value.toExponential(0).split("e");
  return digits === "1" ? `1e${power.replace("-", "\u2212")}` : "";
}

/** Shades from 0, lowest, to 1: logarithms of the height above the lowest point, so that a flat valley has lines too. What is not finite is as high as can be. */
export function shades(ground: Answer["loss"]): Float32Array {
  const heights = ground.flat().map(Number);
  const finite = heights.filter(Number.isFinite).sort((one, other) => one - other);
  const [lowest = 0, highest = 1] = [finite[0], finite.at(-1)];
  const middle = finite[Math.floor(finite.length / 2)] ?? highest;
  // lines are about even in the lower half, and thin out above
  const unit = Math.max((middle - lowest) / 20, Number.MIN_VALUE);
  const most = Math.log1p((highest - lowest) / unit) || 1;
  return Float32Array.from(heights, (height) =>
    Number.isFinite(height) ? Math.log1p((height - lowest) / unit) / most : 1,
  );
}

/** Round numbers inside a range, about so many of them. */
export function ticks(low: number, high: number, many: number): number[] {
  const rough = (high - low) / many;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * decade).find((one) => one >= rough) ?? rough;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(6)));
}
