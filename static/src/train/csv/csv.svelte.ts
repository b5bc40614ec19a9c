/** CSV text on its way to be trained on: read by the server at every change, the first mistake named with its line. */
import { post } from "../../shared/api";
import { ConnectionLost, plainProblem, ProblemError, type Problem } from "../../shared/problem";
import { Newest } from "../../shared/requests";
import type { components } from "../../shared/schema";
import type { OwnPoints } from "../setup/setup";

type Answer = components["schemas"]["CsvAnswer"];

interface Question {
  text: string;
  scale: boolean;
}

/** Larger files are not even opened: the text may have a million characters. */
const MOST_BYTES = 4 * 1_048_576;

export class Csv {
  open = $state(false);
  text = $state("");
  /** Whether the picture is fitted into the square from -1 to 1. */
  scale = $state(true);
  answer = $state.raw<Answer | null>(null);
  /** What the answer is of: the text may have gone on changing. */
  #answered = $state.raw<Question | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** The line that the problem is about, counted from 1. */
  line = $derived(typeof this.problem?.parameters["line"] === "number" ? this.problem.parameters["line"] : null);

  #reader = new Newest<Question, Answer>({
    run: (question, signal) => post("/api/v1/datasets/csv", question, signal),
    answered: (question, answer) => this.#told(question, answer, null),
    failed: (question, error) => {
      if (error instanceof ConnectionLost) return;
      if (!(error instanceof ProblemError)) throw error;
      this.#told(question, null, error.problem);
    },
  });

  /** The points of the text as it stands, null while they are not read. */
  get own(): OwnPoints | null {
    if (!this.answer || this.#answered?.text !== this.text || this.#answered.scale !== this.scale) return null;
    const { x, y, label } = this.answer.own;
    return { x, y, label, heldOut: [] };
  }

  /** Takes a text in place of the one there is, and shows what becomes of it. */
  take(text: string): void {
    this.text = text;
    this.open = true;
    this.read();
  }

  async takeFile(file: File): Promise<void> {
    if (file.size <= MOST_BYTES) {
      this.take(await file.text());
      return;
    }
    this.open = true;
    this.answer = null;
    this.problem = plainProblem(
      413,
      `\`${file.name}\` has ${file.size.toLocaleString("en")} bytes; at most ${MOST_BYTES.toLocaleString("en")} are read`,
      "keep a part of its rows",
    );
  }

  /** Reads the text as it stands. */
  read(): void {
    if (this.text.trim() === "") {
      this.answer = null;
      this.problem = null;
    } else this.#reader.ask({ text: this.text, scale: this.scale });
  }

  #told(question: Question, answer: Answer | null, problem: Problem | null): void {
    // the text went on changing: the next answer is about what stands there
    if (question.text !== this.text || question.scale !== this.scale) return;
    this.answer = answer;
    this.#answered = question;
    this.problem = problem;
  }
}
