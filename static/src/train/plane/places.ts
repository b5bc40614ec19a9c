/** Places of the plane: where a pointer is, which point is there, where keys move to. */
import type { Points } from "../live/points";
import type { Split } from "../live/protocol";

export type Spot = readonly [number, number];
export type Extent = readonly [number, number];
export type Part = "train" | "validation";

/** One of the points, by its part and its place in it. */
export interface Found {
  part: Part;
  index: number;
  x: number;
  y: number;
  /** Undefined where points have values. */
  label: number | undefined;
  value: number | undefined;
}

const PARTS: readonly Part[] = ["train", "validation"];

/** Coordinates are kept to a 10,000th, as a link keeps them. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** The place under a pointer that is so far into a square box. */
export function spotAt(across: number, down: number, side: number, [low, high]: Extent): Spot {
  const along = (share: number) => rounded(low + (high - low) * Math.max(0, Math.min(1, share)));
  return [along(across / side), along(1 - down / side)];
}

/** The point nearest to a place, null where none is within reach. */
export function pointNear(points: Split<Points>, [x, y]: Spot, reach: number): Found | null {
  let best: Found | null = null;
  let least = reach * reach;
  for (const part of PARTS) {
    const { x: xs, y: ys, label, value } = points[part];
    for (let index = 0; index < xs.length; index += 1) {
      const distance = (xs[index]! - x) ** 2 + (ys[index]! - y) ** 2;
      if (distance > least) continue;
      least = distance;
      best = { part, index, x: xs[index]!, y: ys[index]!, label: label[index], value: value[index] };
    }
  }
  return best;
}

const STEPS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Where an arrow key leads: a twentieth, with Shift a hundredth; null for any other key. */
export function moved(from: Spot, key: string, fine: boolean, [low, high]: Extent): Spot | null {
  const way = STEPS[key];
  if (!way) return null;
  const step = fine ? 0.01 : 0.05;
  const along = (value: number, by: number) => rounded(Math.max(low, Math.min(high, value + by * step)));
  return [along(from[0], way[0]), along(from[1], way[1])];
}
