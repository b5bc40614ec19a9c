/** The vertical axes of losses and of accuracies. */

/** A little room above, and 0 always in sight. */
export function lossRange(_: number, highest: number): [number, number] {
  return [0, Math.max(highest * 1.05, 0.01)];
}

/** All right on top; the bottom is where the run has been, rounded down. */
export function shareRange(lowest: number): [number, number] {
  return [Math.min(0.9, Math.floor(lowest * 10) / 10), 1.005];
}

export function lossTick(value: number): string {
  return String(Number(value.toPrecision(3)));
}

export function shareTick(share: number): string {
  return share > 1 ? "" : `${Math.round(100 * share)}%`;
}
