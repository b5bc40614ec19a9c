/** Asks the worker for places: one question on its way, the newest next, and only the newest is answered. */
import { arrange, type Places } from "./arrange";
import type { LayoutQuestion } from "./worker";

/** A layout that takes longer is given up for the page's own. */
const PATIENCE = 4000;
/** A layout that took this long already is stopped when a newer one is asked for. */
const OVERTAKEN = 1000;

interface Asked {
  question: LayoutQuestion;
  done: (places: Places) => void;
}

export class LayoutClient {
  #worker: Worker;
  #flight: (Asked & { since: number; timer: ReturnType<typeof setTimeout> }) | null = null;
  #waiting: Asked | null = null;
  #start: () => Worker;

  constructor(start: () => Worker = startWorker) {
    this.#start = start;
    this.#worker = this.#started();
  }

  /** Calls `done` with the places of the question's boxes; never for a question that was overtaken. */
  ask(question: LayoutQuestion, done: (places: Places) => void): void {
    this.#waiting = { question, done };
    // A worker in the middle of a large layout cannot be stopped otherwise.
    if (this.#flight && performance.now() - this.#flight.since > OVERTAKEN) this.#restart();
    this.#next();
  }

  close(): void {
    this.#land();
    this.#waiting = null;
    this.#worker.terminate();
  }

  #started(): Worker {
    const worker = this.#start();
    worker.addEventListener("message", (event: MessageEvent<Places>) => {
      const landed = this.#land();
      if (this.#waiting) this.#next();
      else landed?.done(event.data);
    });
    return worker;
  }

  #next(): void {
    if (this.#flight || !this.#waiting) return;
    const timer = setTimeout(() => this.#giveUp(), PATIENCE);
    this.#flight = { ...this.#waiting, since: performance.now(), timer };
    this.#waiting = null;
    this.#worker.postMessage(this.#flight.question);
  }

  /** Takes what is on its way off the list. */
  #land(): Asked | null {
    const landed = this.#flight;
    if (landed) clearTimeout(landed.timer);
    this.#flight = null;
    return landed;
  }

  #restart(): void {
    this.#land();
    this.#worker.terminate();
    this.#worker = this.#started();
  }

  #giveUp(): void {
    const asked = this.#waiting ?? this.#flight;
    this.#restart();
    this.#waiting = null;
    if (asked) asked.done(arrange(asked.question.boxes, asked.question.links, null));
  }
}

function startWorker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
}
