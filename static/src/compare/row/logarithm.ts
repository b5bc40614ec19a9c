/** A vertical axis in powers of ten: the chart is given the logarithms, and its ticks say the numbers. */

/** The smallest loss told apart from 0: below it is rounding of float32. */
const LEAST = 1e-8;

export function logarithms(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value) => (value === null ? null : Math.log10(Math.max(value, LEAST))));
}

export function logRange(lowest: number, highest: number): [number, number] {
  const room = Math.max(0.05 * (highest - lowest), 0.05);
  return [lowest - room, highest + room];
}

/** 0.01 for -2; fractions of a power are left without a number where they would not be round. */
export function logTick(power: number): string {
  const value = 10 ** power;
  if (value >= 0.001 && value < 10_000) return String(Number(value.toPrecision(2)));
  return Number.isInteger(power) ? `1e${power}`.replace("-", "\u2212") : "";
}
