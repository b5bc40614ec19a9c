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

/** Over a decade at the least, so that there are ticks to read. */
export function logRange(lowest: number, highest: number): [number, number] {
  const [low, high] = lowest > 0 ? [lowest, highest] : [0.1, 1];
  const middle = Math.sqrt(low * high);
  return [Math.min(low / 1.15, middle / 3.3), Math.max(high * 1.15, middle * 3.3)];
}

/** Of the ticks of a logarithmic axis only 1, 2 and 5 of every decade are named. */
export function logTick(value: number): string {
  const [digits = ""] = value.toExponential(6).split("e");
  return [1, 2, 5].includes(Number(digits)) ? lossTick(value) : "";
}
