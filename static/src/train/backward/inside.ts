/** What was seen of every parameter's gradient: as many rows as fit, spread over the whole run. */
import type { Frame } from "../live/protocol";

export interface Row {
  step: number;
  /** Norms of the gradients, by parameter. */
  norms: ReadonlyMap<string, number>;
}

export class Inside {
  #capacity: number;
  #rows: Row[] = [];
  /** Steps between kept rows, at least; it grows as the run does. */
  #gap = 0;

  constructor(capacity = 240) {
    this.#capacity = capacity;
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** Takes the newest frame; a step that is not later than those before it goes back in time. */
  push({ step, parameters }: Pick<Frame, "step" | "parameters">): void {
    while ((this.#rows.at(-1)?.step ?? -1) >= step) this.#rows.pop();
    if (this.#rows.length === 0) this.#gap = 0;
    const [before, last] = this.#rows.slice(-2);
    // the row before was only the newest until now
    if (before && last && last.step - before.step < this.#gap) this.#rows.pop();
    if (this.#rows.length >= this.#capacity) {
      this.#rows = this.#rows.filter((_, index) => index % 2 === 0);
      this.#gap = Math.ceil((step - (this.#rows[0]?.step ?? 0)) / this.#rows.length);
    }
    this.#rows.push({ step, norms: new Map(parameters.map(({ name, gradientNorm }) => [name, gradientNorm])) });
  }
}

/** The decades that hold all sizes seen, in powers of ten; what is 0 or not finite has no place in them. */
export function decades(rows: readonly Row[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { norms } of rows) {
    for (const norm of norms.values()) {
      if (!(norm > 0) || !Number.isFinite(norm)) continue;
      low = Math.min(low, norm);
      high = Math.max(high, norm);
    }
  }
  if (low > high) return [-1, 0];
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  return [from, Math.max(to, from + 1)];
}

/** A line of one parameter's gradient norm over `width` x `height`, on a logarithmic scale; gaps where it is 0. */
export function line(
  rows: readonly Row[],
  name: string,
  [low, high]: readonly [number, number],
  width: number,
  height: number,
): string {
  const first = rows[0]?.step ?? 0;
  const span = Math.max(1, (rows.at(-1)?.step ?? 0) - first);
  let path = "";
  let drawing = false;
  for (const { step, norms } of rows) {
    const norm = norms.get(name) ?? 0;
    const seen = norm > 0 && Number.isFinite(norm);
    if (seen) {
      const x = (width * (step - first)) / span;
      const y = height * (1 - (Math.log10(norm) - low) / (high - low));
      path += `${drawing ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    }
    drawing = seen;
  }
  return path;
}
