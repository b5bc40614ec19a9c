/** Which optional parts of a frame somebody looks at: the sum of what every room asks for. */
import type { Watch } from "./parts";

export class Demands {
  #wants = new Set<Partial<Watch>>();
  #said = JSON.stringify(NOTHING);
  #saying = false;
  #changed: (watch: Watch) => void;

  constructor(changed: (watch: Watch) => void) {
    this.#changed = changed;
  }

  /** Asks for parts; answers the function that takes the wish back. */
  add(parts: Partial<Watch>): () => void {
    this.#wants.add(parts);
    this.#later();
    return () => {
      this.#wants.delete(parts);
      this.#later();
    };
  }

  /** At the end of the turn: a wish that takes the place of another is no moment without it. */
  #later(): void {
    if (this.#saying) return;
    this.#saying = true;
    queueMicrotask(() => {
      this.#saying = false;
      this.#say();
    });
  }

  #say(): void {
    const wants = [...this.#wants];
    const watch: Watch = {
      units: wants.some(({ units }) => units),
      values: wants.some(({ values }) => values),
      // two rooms cannot look at two layers: the last to ask is in front
      hidden: wants.reduce<Watch["hidden"]>((found, { hidden }) => hidden ?? found, null),
      chosen: wants.some(({ chosen }) => chosen),
      place: wants.reduce<Watch["place"]>((found, { place }) => place ?? found, null),
    };
    const text = JSON.stringify(watch);
    if (text === this.#said) return;
    this.#said = text;
    this.#changed(watch);
  }
}

const NOTHING: Watch = { units: false, values: false, hidden: null, chosen: false, place: null };
