/** The drawn program in another form, asked for again as the drawing changes. */
import { ConnectionLost, ProblemError, type Problem } from "../../shared/problem";
import { Newest } from "../../shared/requests";
import type { components } from "../../shared/schema";
import type { GraphRequest } from "../answer";
import { askCode } from "../ask";
import type { Target } from "../view";

type Schemas = components["schemas"];
type CodeRequest = Schemas["CodeRequest"];
type CodeAnswer = Schemas["CodeAnswer"];

/** A slider changes the drawing with every frame: text need not follow as fast. */
const PAUSE = 50;

export interface Written {
  target: Target;
  text: string;
  lines: readonly string[];
  /** For each line, the key of its node. */
  keys: readonly (string | null)[];
}

export class Writer {
  written = $state.raw<Written | null>(null);
  problem = $state.raw<Problem | null>(null);

  #waiting: CodeRequest | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #newest = new Newest<CodeRequest, CodeAnswer>({
    run: askCode,
    answered: (question, answer) => this.#answered(question, answer),
    failed: (question, error) => this.#failed(question, error),
  });

  /** Asks for the program of a graph in the form of `target`. */
  ask(graph: GraphRequest, target: Target): void {
    this.#askIn(PAUSE, { ...programOf(graph), target });
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #askIn(pause: number, question: CodeRequest): void {
    this.#waiting = question;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#waiting) this.#newest.ask(this.#waiting);
    }, pause);
  }

  #answered({ target }: CodeRequest, { code, lines }: CodeAnswer): void {
    const text = code.trimEnd();
    this.written = { target, text: `${text}\n`, lines: text.split("\n"), keys: lines };
    this.problem = null;
  }

  #failed(question: CodeRequest, error: unknown): void {
    // The graph is asked for anew when the server is back, and the code after it.
    if (error instanceof ConnectionLost) return;
    if (!(error instanceof ProblemError)) throw error;
    this.problem = error.problem;
    if (error.retryAfter !== null) this.#askIn(error.retryAfter * 1000, this.#waiting ?? question);
  }
}

function programOf({
  source,
  inputs = {},
  upstream = null,
  lump = [],
  apart = [],
  collapse = [],
  output = null,
  seed = 0,
}: GraphRequest): Omit<CodeRequest, "target"> {
  return { source, inputs, upstream, lump, apart, collapse, output, seed };
}
