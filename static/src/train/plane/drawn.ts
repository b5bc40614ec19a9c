/** Points as a reader changes them: drawn, moved, erased; each keeps its part, so that nothing held out is ever trained on. */
import type { Points } from "../live/points";
import type { Split } from "../live/protocol";
import type { OwnPoints } from "../setup/setup";
import { rounded, type Spot } from "./places";

/** As many points and classes as the engine takes. */
export const MOST_POINTS = 20_000;
export const MOST_CLASSES = 10;

/** The points that are trained on and held out, as points of one's own. */
export function drawnFrom({ train, validation }: Split<Points>): OwnPoints {
  return {
    x: [...train.x, ...validation.x].map(rounded),
    y: [...train.y, ...validation.y].map(rounded),
    label: [...train.label, ...validation.label],
    heldOut: [...Array<boolean>(train.label.length).fill(false), ...Array<boolean>(validation.label.length).fill(true)],
  };
}

/** The same in two parts, as the plane draws them and the server will tell of them. */
export function partsOf({ x, y, label, heldOut }: OwnPoints): Split<Points> {
  const part = (out: boolean): Points => {
    const picked = heldOut.flatMap((held, index) => (held === out ? [index] : []));
    return {
      x: Float32Array.from(picked, (index) => x[index]!),
      y: Float32Array.from(picked, (index) => y[index]!),
      label: Uint8Array.from(picked, (index) => label[index]!),
      value: new Float32Array(),
    };
  };
  return { train: part(false), validation: part(true) };
}

/** With one more point; it is held out where the share of its class that is allows one more. */
export function withPoint(points: OwnPoints, [x, y]: Spot, label: number, share: number): OwnPoints {
  const own = points.heldOut.filter((_, index) => points.label[index] === label);
  const out = (own.filter(Boolean).length + 1) / (own.length + 1) <= share;
  return {
    x: [...points.x, x],
    y: [...points.y, y],
    label: [...points.label, label],
    heldOut: [...points.heldOut, out],
  };
}

/** Without those within reach of a place; the very same points where there are none. */
export function without(points: OwnPoints, [x, y]: Spot, reach: number): OwnPoints {
  const far = points.x.map((one, index) => (one - x) ** 2 + (points.y[index]! - y) ** 2 > reach * reach);
  if (far.every(Boolean)) return points;
  const kept = <T>(values: readonly T[]) => values.filter((_, index) => far[index]);
  return { x: kept(points.x), y: kept(points.y), label: kept(points.label), heldOut: kept(points.heldOut) };
}

/** With one of them somewhere else. */
export function withMoved(points: OwnPoints, index: number, [x, y]: Spot): OwnPoints {
  return { ...points, x: points.x.with(index, x), y: points.y.with(index, y) };
}

/** The one nearest to a place, null where none is within reach. */
export function nearest(points: OwnPoints, [x, y]: Spot, reach: number): number | null {
  let best: number | null = null;
  let least = reach * reach;
  points.x.forEach((one, index) => {
    const distance = (one - x) ** 2 + (points.y[index]! - y) ** 2;
    if (distance > least) return;
    least = distance;
    best = index;
  });
  return best;
}

/** Why these points cannot be trained on yet, in words; null where they can. */
export function faultOf({ label, heldOut }: OwnPoints): string | null {
  const classes = Math.max(-1, ...label) + 1;
  if (classes < 2) return "There must be points of two classes at least.";
  const trained = new Set(label.filter((_, index) => !heldOut[index]));
  for (let one = 0; one < classes; one += 1)
    if (!trained.has(one)) return `Class ${one} needs a point that is trained on.`;
  if (!heldOut.some(Boolean)) return "One point must be held out: draw a few more.";
  return null;
}

/** Whether two sets are the same points in the same order. */
export function same(one: Split<Points>, other: Split<Points>): boolean {
  const alike = (a: ArrayLike<number>, b: ArrayLike<number>) => {
    if (a.length !== b.length) return false;
    for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
    return true;
  };
  return (["train", "validation"] as const).every((part) =>
    (["x", "y", "label"] as const).every((column) => alike(one[part][column], other[part][column])),
  );
}
