/** How thick a number is drawn: weights by their square root, gradients by their logarithm. */
export type Shown = "weights" | "gradients";

/** Powers of ten below the largest gradient that can be told apart. */
export const DECADES = 3;
/** Steps of thickness: links of one step are drawn with one stroke. */
export const STEPS = 12;
/** Weights up to this size are told apart. */
const HEAVIEST = 4;

/** From 0 for what is not drawn to STEPS; `largest` is the largest size of a gradient shown. */
export function stepOf(value: number, shown: Shown, largest: number): number {
  const size = Math.abs(value);
  if (!(size > 0)) return 0;
  const share =
    shown === "weights" ? Math.sqrt(Math.min(size, HEAVIEST) / HEAVIEST) : shareOf(size, largest);
  return Math.min(STEPS, Math.round(share * STEPS));
}

/** The logarithm of a gradient's size: 1 for the largest, 0 for what is DECADES smaller. */
export function shareOf(size: number, largest: number): number {
  if (!(size > 0) || !(largest > 0)) return 0;
  return Math.max(0, Math.min(1, 1 + Math.log10(size / largest) / DECADES));
}

/** The width of a stroke in pixels. */
export function widthOf(step: number): number {
  return 0.35 + (3.9 * step) / STEPS;
}

/** The opacity of a stroke: light links stay behind heavy ones. */
export function opacityOf(step: number): number {
  return 0.16 + (0.72 * step) / STEPS;
}

/** The largest size among numbers; what is not finite does not count. */
export function largestOf(lists: Iterable<Float32Array>): number {
  let largest = 0;
  for (const values of lists)
    for (const value of values) {
      const size = Math.abs(value);
      if (size > largest && size !== Number.POSITIVE_INFINITY) largest = size;
    }
  return largest;
}
