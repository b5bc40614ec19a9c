/** The walk of the next update: what the engine says of it, the step looked at, and the number followed. */
import { isTruncated } from "../../graph/answer";
import { unravel } from "../../graph/gate/blocks";
import { post } from "../../shared/api";
import { ConnectionLost, ProblemError, type Problem } from "../../shared/problem";
import { Newest } from "../../shared/requests";
import { flatten, type Tensor } from "../../shared/tensor";
import { toBase64 } from "../live/base64";
import type { Spec } from "../live/protocol";
import type { Whole } from "../run.svelte";
import { beginOf, litOf, stepsOf, type Answer, type Lit, type ParameterUpdate, type Stage } from "./stages";

/** One number of a parameter. */
export interface Followed {
  parameter: string;
  index: readonly number[];
}

/** Where an update begins: a state, by its fingerprint, and the spec it is trained under. */
export interface From {
  spec: Spec;
  fingerprint: string;
}

interface Question {
  from: From;
  element: Followed | null;
}

/** Where the gradient is largest; the first place where that is not known in every element. */
function largestIn({ shape, gradient }: ParameterUpdate): number[] {
  const numbers = isTruncated(gradient) ? [] : flatten(gradient as Tensor).map(Math.abs);
  return unravel(shape, Math.max(0, numbers.indexOf(Math.max(...numbers))));
}

export class Walk {
  answer = $state.raw<Answer | null>(null);
  problem = $state.raw<Problem | null>(null);
  at = $state(0);
  /** That the live training has come to the very state the walk leads to. */
  applied = $state(false);

  steps = $derived(this.answer ? stepsOf(this.answer) : []);
  step = $derived(this.steps[Math.min(this.at, this.steps.length - 1)] ?? null);
  lit = $derived<Lit | null>(this.answer && this.step ? litOf(this.answer, this.step) : null);

  #whole: () => Promise<Whole | null>;
  #from: From | null = null;
  #element: Followed | null = null;
  #asker = new Newest<Question, Answer>({
    run: (question, signal) => this.#run(question, signal),
    answered: (question, answer) => this.#answered(question, answer),
    failed: (_, error) => this.#failed(error),
  });

  /** `whole` gives the state at which the training rests. */
  constructor(whole: () => Promise<Whole | null>) {
    this.#whole = whole;
  }

  /** The training rests at a state: the one walked from, or, at the walk's end, the one it leads to; or another. */
  rest(from: From): void {
    const before = this.#from;
    if (before?.spec === from.spec && before.fingerprint === from.fingerprint) return;
    const ends = this.step?.stage === "apply" && before?.spec === from.spec;
    this.applied = ends && this.answer?.fingerprint === from.fingerprint;
    if (!this.applied) this.begin(from);
  }

  /** Takes the update apart that comes next from here; the place in the walk stays where it can. */
  begin(from: From, at = this.at): void {
    this.#from = from;
    this.applied = false;
    this.at = at;
    this.#ask();
  }

  /** The training plays: nothing that is said of its next update stays true. */
  leave(): void {
    this.#from = null;
    this.answer = null;
    this.applied = false;
    this.at = 0;
  }

  go(at: number): void {
    this.at = Math.max(0, Math.min(this.steps.length - 1, at));
    const { step, answer } = this;
    if (step?.stage === "update" && answer?.element?.parameter !== step.name) this.#followFirst(step.name);
  }

  goTo(stage: Stage): void {
    this.go(beginOf(this.steps, stage));
  }

  /** Follows one number through the rule. */
  follow(parameter: string, index: readonly number[]): void {
    this.#element = { parameter, index };
    this.#ask();
  }

  /** The number of the parameter with the largest gradient: where most happens. */
  #followFirst(name: string): void {
    const parameter = this.answer?.parameters.find((one) => one.name === name);
    if (parameter) this.follow(name, largestIn(parameter));
  }

  #ask(): void {
    if (this.#from) this.#asker.ask({ from: this.#from, element: this.#element });
  }

  async #run({ element }: Question, signal: AbortSignal): Promise<Answer> {
    const whole = await this.#whole();
    if (!whole) throw new ConnectionLost();
    const { spec, state } = whole;
    const asked = element && { parameter: element.parameter, index: [...element.index] };
    return post("/api/v1/trainings/update", { spec, state: toBase64(state), element: asked }, signal);
  }

  #answered({ from, element }: Question, answer: Answer): void {
    // the training may have gone on while the question was on its way: it rests elsewhere then, and asks anew
    if (this.#from !== from || answer.before !== from.fingerprint) return;
    this.answer = answer;
    this.problem = null;
    this.at = Math.min(this.at, this.steps.length - 1);
    if (this.step?.stage === "update" && element?.parameter !== this.step.name) this.#followFirst(this.step.name);
  }

  #failed(error: unknown): void {
    if (error instanceof ConnectionLost) {
      // when the server is back, the state at rest comes again
      this.#from = null;
      return;
    }
    if (!(error instanceof ProblemError)) throw error;
    if (this.#element && ["unknown_name", "wrong_index", "out_of_range"].includes(error.problem.code)) {
      // another program has other parameters
      this.#element = null;
      this.#ask();
      return;
    }
    this.answer = null;
    this.problem = error.problem;
  }
}
