/** Asking again and again while a slider moves: one request on its way, the newest question next, nothing older drawn over newer. */
const PATIENCE = 400;

export interface Asker<Question, Answer> {
  run: (question: Question, signal: AbortSignal) => Promise<Answer>;
  answered: (question: Question, answer: Answer) => void;
  failed: (question: Question, error: unknown) => void;
}

export class Newest<Question, Answer> {
  #asker: Asker<Question, Answer>;
  #waiting: { question: Question } | null = null;
  #flight: { abort: AbortController; started: number } | null = null;

  constructor(asker: Asker<Question, Answer>) {
    this.#asker = asker;
  }

  /** True while an answer is still to come. */
  get busy(): boolean {
    return this.#flight !== null || this.#waiting !== null;
  }

  /** Asks as soon as the question before has its answer; one that takes too long is given up for this one. */
  ask(question: Question, now = performance.now()): void {
    this.#waiting = { question };
    if (this.#flight && now - this.#flight.started > PATIENCE) {
      this.#flight.abort.abort();
      this.#flight = null;
    }
    if (!this.#flight) this.#next(now);
  }

  #next(now: number): void {
    if (!this.#waiting) return;
    const { question } = this.#waiting;
    this.#waiting = null;
    const flight = { abort: new AbortController(), started: now };
    this.#flight = flight;
    this.#asker.run(question, flight.abort.signal).then(
      (answer) => this.#landed(flight, () => this.#asker.answered(question, answer)),
      (error: unknown) => this.#landed(flight, () => this.#asker.failed(question, error)),
    );
  }

  #landed(flight: { abort: AbortController }, deliver: () => void): void {
    // An aborted flight was replaced: what it brings is older than what is on its way.
    if (this.#flight !== flight) return;
    this.#flight = null;
    deliver();
    this.#next(performance.now());
  }
}
