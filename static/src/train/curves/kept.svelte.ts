/** Runs kept for comparison: a copy of each one's curves, a name, and a look of its own. */
import type { History } from "./history";

/** How a kept run is drawn: told apart by ink and by dashes. */
export interface Look {
  /** A design token. */
  ink: string;
  dash: readonly number[];
}

export interface KeptRun {
  id: number;
  name: string;
  look: Look;
  history: History;
}

export const LOOKS: readonly Look[] = [
  { ink: "--kept-1", dash: [] },
  { ink: "--kept-2", dash: [7, 3] },
  { ink: "--kept-3", dash: [2, 2.5] },
  { ink: "--kept-4", dash: [9, 3, 2, 3] },
  { ink: "--kept-5", dash: [4, 2] },
  { ink: "--kept-6", dash: [12, 4] },
];
export const MOST_KEPT = LOOKS.length;
/** Rows of a kept run: enough for a curve that no longer grows. */
const ROWS = 300;
export const LONGEST_NAME = 60;

export class Kept {
  runs = $state.raw<readonly KeptRun[]>([]);
  #ids = 0;

  get full(): boolean {
    return this.runs.length >= MOST_KEPT;
  }

  /** Keeps a copy of the curves as they are now; nothing where there is no room or nothing to keep. */
  keep(history: History, name: string): void {
    const look = LOOKS.find((one) => this.runs.every((run) => run.look !== one));
    if (!look || history.length === 0) return;
    const run = { id: (this.#ids += 1), name: this.#unique(name), look, history: history.copy(ROWS) };
    this.runs = [...this.runs, run];
  }

  rename(id: number, name: string): void {
    const text = name.trim().slice(0, LONGEST_NAME);
    if (text === "") return;
    this.runs = this.runs.map((run) => (run.id === id ? { ...run, name: text } : run));
  }

  remove(id: number): void {
    this.runs = this.runs.filter((run) => run.id !== id);
  }

  #unique(name: string): string {
    const taken = new Set(this.runs.map((run) => run.name));
    let text = name;
    for (let count = 2; taken.has(text); count += 1) text = `${name} (${count})`;
    return text;
  }
}
