/** Questions beside the drawing's own: asked a moment after they change, so that a drag does not ask at every frame. */
import { ConnectionLost, ProblemError, type Problem } from "../../shared/problem";
import { Newest } from "../../shared/requests";

const PAUSE = 80;

export class Asked<Question, Answer> {
  /** The newest answer and what it answers; an older question's is told by comparing. */
  answered = $state.raw<{ question: Question; answer: Answer } | null>(null);
  problem = $state.raw<Problem | null>(null);

  #waiting: { question: Question } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #newest: Newest<Question, Answer>;

  constructor(run: (question: Question, signal: AbortSignal) => Promise<Answer>) {
    this.#newest = new Newest({
      run,
      answered: (question, answer) => {
        this.answered = { question, answer };
        this.problem = null;
      },
      failed: (question, error) => this.#failed(question, error),
    });
  }

  ask(question: Question): void {
    this.#askIn(PAUSE, question);
  }

  /** Asks nothing more: what asked is no longer on the page. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #askIn(pause: number, question: Question): void {
    this.#waiting = { question };
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#waiting) this.#newest.ask(this.#waiting.question);
    }, pause);
  }

  #failed(question: Question, error: unknown): void {
    // The page says that the server is away, and draws anew when it is back: then this is asked again.
    if (error instanceof ConnectionLost) return;
    if (!(error instanceof ProblemError)) throw error;
    if (error.retryAfter === null) this.problem = error.problem;
    else if (this.#timer === null) this.#askIn(error.retryAfter * 1000, question);
  }
}
