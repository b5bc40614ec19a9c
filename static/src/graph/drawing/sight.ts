/** Which wires of a large drawing are drawn: those near what is seen, for the others cost as much and show nothing. */
import type { Bounds, Run } from "../layout/geometry";
import type { View } from "./viewport";

/** Up to so many wires all are drawn. */
const FEW = 150;

/** What is seen, and at least half as much around it: it moves in steps, so that wires are not chosen anew at each frame. */
export function sightOf({ scale, x, y }: View, width: number, height: number): Bounds {
  const step = { x: Math.max(1, width / 2) / scale, y: Math.max(1, height / 2) / scale };
  return {
    left: (Math.floor(-x / scale / step.x) - 1) * step.x,
    top: (Math.floor(-y / scale / step.y) - 1) * step.y,
    width: 5 * step.x,
    height: 5 * step.y,
  };
}

export function inSight(runs: readonly Run[], sight: Bounds): readonly Run[] {
  return runs.length <= FEW ? runs : runs.filter(({ bounds }) => meet(bounds, sight));
}

function meet(a: Bounds, b: Bounds): boolean {
  return (
    a.left <= b.left + b.width &&
    b.left <= a.left + a.width &&
    a.top <= b.top + b.height &&
    b.top <= a.top + a.height
  );
}
