/** Which single controls a lesson leaves out, and whether they are just being chosen. */
import { getContext, setContext } from "svelte";
import type { Trainer } from "../trainer.svelte";

const KEY = Symbol("leaving");

export interface Leaving {
  /** True while every control is shown with a switch of its own. */
  readonly choosing: boolean;
  left(control: string): boolean;
  leave(control: string, out: boolean): void;
}

/** Where nothing is said, nothing is left out. */
const NOTHING: Leaving = { choosing: false, left: () => false, leave: () => undefined };

export function provideLeaving(trainer: Trainer): void {
  setContext<Leaving>(KEY, {
    get choosing() {
      return trainer.choosing;
    },
    left: (control) => trainer.view.hide.includes(control),
    leave: (control, out) => trainer.leave(control, out),
  });
}

export function leaving(): Leaving {
  return getContext<Leaving | undefined>(KEY) ?? NOTHING;
}
