/** Asks the worker for places; only the newest question is answered. */
import type { LayoutAnswer, LayoutQuestion } from "./worker";

/** A layout that takes longer is given up for the page's own. */
const PATIENCE = 4000;
/** A layout that took this long already is stopped when a newer one is asked for. */
const OVERTAKEN = 1000;

export class LayoutClient {
  #worker: Worker | null = null;
  #last = 0;
  #done: ((plain: string | null) => void) | null = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    this.#start();
  }

  /** Calls `done` with Graphviz's plain output, or null when it failed; never for a question that was overtaken. */
  ask(dot: string, done: (plain: string | null) => void): void {
    // A worker in the middle of a large layout cannot be stopped otherwise.
    if (this.#done && performance.now() - this.#asked > OVERTAKEN) this.#restart();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#done = done;
    this.#asked = performance.now();
    this.#last += 1;
    this.#worker?.postMessage({ id: this.#last, dot } satisfies LayoutQuestion);
    this.#timer = setTimeout(() => this.#giveUp(), PATIENCE);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#worker?.terminate();
  }

  #start(): void {
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", (event: MessageEvent<LayoutAnswer>) => {
      if (event.data.id === this.#last) this.#finish(event.data.plain);
    });
  }

  #restart(): void {
    this.close();
    this.#start();
  }

  #giveUp(): void {
    this.#restart();
    this.#finish(null);
  }

  #finish(plain: string | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const done = this.#done;
    this.#done = null;
    done?.(plain);
  }
}
