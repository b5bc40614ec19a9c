/** What the two losses of a training say, in words that hold of the numbers there are. */
import { loss } from "../../train/numbers";
import type { Lane } from "../sweep/lane.svelte";

export interface Losses {
  /** Over the points trained on, now. */
  train: number;
  /** Over the points held out, now and at its lowest. */
  validation: number;
  lowest: number;
}

export type Kind = "underfits" | "overfits" | "fits" | "together";

export interface Verdict {
  kind: Kind;
  words: string;
}

/** A rise by chance is not called one. */
const RISEN = 1.15;
/** How far validation loss may stand above training loss and still go along with it. */
const APART = 1.5;

/** `reached` is the lowest validation loss that any other net has come to, null where there is none. */
export function verdict({ train, validation, lowest }: Losses, reached: number | null): Verdict {
  const [t, v, low] = [loss(train), loss(validation), loss(lowest)];
  if (reached !== null && train > reached)
    return {
      kind: "underfits",
      words: `Even on its own training points it has ${t}, more than the ${loss(reached)} that another net reaches on points it never saw: it underfits.`,
    };
  if (validation > RISEN * lowest && validation > APART * train)
    return {
      kind: "overfits",
      words: `Validation loss was down at ${low} and has risen to ${v}, while training loss is ${t}: it overfits.`,
    };
  if (validation > APART * train)
    return { kind: "fits", words: `Validation loss stays near its lowest, ${v}, with training loss at ${t}.` };
  return { kind: "together", words: `Training loss ${t} and validation loss ${v} go together: nothing is learnt by heart.` };
}

/** The losses of a lane with regularization left out where it is told apart; null before anything is known. */
export function lossesOf({ frame, history }: Lane): Losses | null {
  if (!frame) return null;
  const { train, validation } = frame.losses;
  const told = validation.data !== null;
  const seen = history.column(told ? "validationData" : "validationLoss").filter((value) => value !== null);
  if (seen.length === 0) return null;
  return { train: train.data ?? train.total, validation: validation.data ?? validation.total, lowest: Math.min(...seen) };
}
