/** Where a listing stands after so many lines, and what its names hold there. */
import type { components } from "../shared/schema";

export type Answer = components["schemas"]["ListingAnswer"];
export type Loop = components["schemas"]["ListingLoop"];
export type Variable = components["schemas"]["Variable"];

export interface Place {
  /** Lines that have run. */
  step: number;
  /** The line that ran last, 0 before the first. */
  line: number;
  /** Which time around the loop, from 0. */
  iteration: number | null;
  /** Every name, in the order in which it was first assigned. */
  names: ReadonlyMap<string, Variable>;
  /** Those that the last line assigned, or the last lines where several were run at once. */
  fresh: ReadonlySet<string>;
}

/** The places of one answer: each has what the one before had, and what was assigned since. */
export function placesOf({ names, taken }: Pick<Answer, "names" | "taken">): Place[] {
  let known: ReadonlyMap<string, Variable> = new Map(names.map((variable) => [variable.name, variable]));
  return taken.map(({ step, line, iteration, assigned }) => {
    known = new Map([...known, ...assigned.map((variable): [string, Variable] => [variable.name, variable])]);
    return { step, line, iteration, names: known, fresh: new Set(assigned.map(({ name }) => name)) };
  });
}

/** The step after which the present time around is over, or the next one where it just was. */
export function nextRound(step: number, loop: Loop | null, steps: number): number {
  if (loop === null || step < loop.first) return Math.min(step + 1, steps);
  const rounds = Math.floor((step - loop.first) / loop.length) + 1;
  return Math.min(loop.first + rounds * loop.length, steps);
}

/** How many times around are over, their losses known. */
export function roundsAt(step: number, loop: Loop | null, lossAt: number): number {
  if (loop === null || step < loop.first) return 0;
  const [rounds, within] = [Math.floor((step - loop.first) / loop.length), (step - loop.first) % loop.length];
  return rounds + (within >= lossAt ? 1 : 0);
}

/** How many lines of one time around have run once the loss is assigned. */
export function lossWithin(source: string, loop: Loop | null): number {
  if (loop === null) return 0;
  const body = source
    .split("\n")
    .slice(loop.line)
    .filter((line) => line.trim() !== "");
  return 2 + body.findIndex((line) => line.trim().startsWith("loss ="));
}
