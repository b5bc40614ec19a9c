/** Which optional parts of a frame somebody looks at: the sum of what every room asks for. */
import type { HiddenView, Watch } from "./parts";

export class Demands {
  #wants = new Set<Partial<Watch>>();
  #said = JSON.stringify(NOTHING);
  #changed: (watch: Watch) => void;

  constructor(changed: (watch: Watch) => void) {
    this.#changed = changed;
  }

  /** Asks for parts; answers the function that takes the wish back. */
  add(parts: Partial<Watch>): () => void {
    this.#wants.add(parts);
    this.#say();
    return () => {
      this.#wants.delete(parts);
      this.#say();
    };
  }

  #say(): void {
    const wants = [...this.#wants];
    const watch: Watch = {
      units: wants.some(({ units }) => units),
      values: wants.some(({ values }) => values),
      // two rooms cannot look at two layers: the last to ask is in front
      hidden: wants.reduce<HiddenView | null>((found, { hidden }) => hidden ?? found, null),
    };
    const text = JSON.stringify(watch);
    if (text === this.#said) return;
    this.#said = text;
    this.#changed(watch);
  }
}

const NOTHING: Watch = { units: false, values: false, hidden: null };
