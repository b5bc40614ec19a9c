/** The curves' memory: as many rows as fit, spread over the whole run, the newest always among them. */
import type { Frame } from "../live/protocol";

export const COLUMNS = [
  "step",
  "trainLoss",
  "validationLoss",
  "trainData",
  "validationData",
  "regularization",
  "trainAccuracy",
  "validationAccuracy",
] as const;

export type Column = (typeof COLUMNS)[number];
export type Row = Record<Column, number | null>;

/** A frame as a row; what is not finite leaves a gap in its curve. */
export function rowOf({ step, losses, accuracy }: Frame): Row {
  const finite = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
  return {
    step,
    trainLoss: finite(losses.train.total),
    validationLoss: finite(losses.validation.total),
    trainData: finite(losses.train.data),
    validationData: finite(losses.validation.data),
    regularization: finite(losses.train.regularization),
    trainAccuracy: finite(accuracy.train),
    validationAccuracy: finite(accuracy.validation),
  };
}

export class History {
  #capacity: number;
  #columns = Object.fromEntries(COLUMNS.map((name) => [name, []])) as unknown as Record<
    Column,
    (number | null)[]
  >;
  /** Steps between kept rows, at least; it grows as the run does. */
  #gap = 0;

  constructor(capacity = 1200) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#columns.step.length;
  }

  column(name: Column): readonly (number | null)[] {
    return this.#columns[name];
  }

  /** Takes the newest row; a step that is not later than those before it goes back in time. */
  push(row: Row): void {
    const step = row.step ?? 0;
    while (this.length > 0 && this.#stepAt(this.length - 1) >= step) this.#pop();
    // the row before was only the newest until now
    if (this.length >= 2 && this.#stepAt(this.length - 1) - this.#stepAt(this.length - 2) < this.#gap)
      this.#pop();
    if (this.length === 0) this.#gap = 0;
    if (this.length >= this.#capacity) this.#thin();
    for (const name of COLUMNS) this.#columns[name].push(row[name]);
  }

  /** The same rows in another memory, fewer of them where it is smaller. */
  copy(capacity = this.#capacity): History {
    const copy = new History(capacity);
    for (let index = 0; index < this.length; index += 1) copy.push(this.#row(index));
    return copy;
  }

  /** The row nearest to a step, null where the run never came so far. */
  at(step: number): Row | null {
    const last = this.length - 1;
    if (last < 0 || step > this.#stepAt(last) || step < this.#stepAt(0)) return null;
    let [low, high] = [0, last];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#stepAt(middle) <= step) low = middle;
      else high = middle - 1;
    }
    const next = Math.min(low + 1, last);
    return this.#row(this.#stepAt(next) - step < step - this.#stepAt(low) ? next : low);
  }

  /** The step, from one on, at which a column is least; null where it has no numbers. */
  least(name: Column, from: number): number | null {
    let [step, least] = [null as number | null, Number.POSITIVE_INFINITY];
    this.#columns[name].forEach((value, index) => {
      const at = this.#stepAt(index);
      if (value === null || value >= least || at < from) return;
      [step, least] = [at, value];
    });
    return step;
  }

  #row(index: number): Row {
    return Object.fromEntries(COLUMNS.map((name) => [name, this.#columns[name][index] ?? null])) as Row;
  }

  /** Keeps every other row. */
  #thin(): void {
    for (const name of COLUMNS)
      this.#columns[name] = this.#columns[name].filter((_, index) => index % 2 === 0);
    const last = this.length - 1;
    this.#gap = Math.ceil((this.#stepAt(last) - this.#stepAt(0)) / Math.max(1, last));
  }

  #pop(): void {
    for (const name of COLUMNS) this.#columns[name].pop();
  }

  #stepAt(index: number): number {
    return this.#columns.step[index] ?? 0;
  }
}
