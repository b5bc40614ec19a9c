/** Runs kept for comparison: they are named, renamed and taken away, and may outlive a reload. */
import type { History } from "./history";
import { LOOKS, MOST_KEPT, type KeptRun } from "./kept_run";
import { store, stored } from "./shelf";

/** Rows of a kept run: enough for a curve that no longer grows. */
const ROWS = 300;
export const LONGEST_NAME = 60;

export class Kept {
  runs = $state.raw<readonly KeptRun[]>([]);
  #ids = 0;
  #lasting: boolean;

  /** A `lasting` list takes up what the page kept before it was loaded anew. */
  constructor(lasting = false) {
    this.#lasting = lasting;
    if (lasting) this.runs = stored().map((run) => ({ ...run, id: (this.#ids += 1) }));
  }

  get full(): boolean {
    return this.runs.length >= MOST_KEPT;
  }

  /** Keeps a copy of the curves as they are now; nothing where there is no room or nothing to keep. */
  keep(history: History, name: string): void {
    const look = LOOKS.find((one) => this.runs.every((run) => run.look !== one));
    if (!look || history.length === 0) return;
    const run = { id: (this.#ids += 1), name: this.#unique(name), look, history: history.copy(ROWS) };
    this.#set([...this.runs, run]);
  }

  rename(id: number, name: string): void {
    const text = name.trim().slice(0, LONGEST_NAME);
    if (text === "") return;
    this.#set(this.runs.map((run) => (run.id === id ? { ...run, name: text } : run)));
  }

  remove(id: number): void {
    this.#set(this.runs.filter((run) => run.id !== id));
  }

  #set(runs: readonly KeptRun[]): void {
    this.runs = runs;
    if (this.#lasting) store(runs);
  }

  #unique(name: string): string {
    const taken = new Set(this.runs.map((run) => run.name));
    let text = name;
    for (let count = 2; taken.has(text); count += 1) text = `${name} (${count})`;
    return text;
  }
}
