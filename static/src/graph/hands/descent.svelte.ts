/** Gradient descent by hand: each step waits for the engine's answer to the one before. */
import { hasNonFinite } from "../../shared/format";
import { isTruncated, type GraphNode } from "../answer";
import type { Tensor } from "../../shared/tensor";
import type { Drawn, Session } from "../session.svelte";
import { steppable, stepped, usual } from "./descend";
import { objectiveOf } from "./probe";

/** Milliseconds from one answer to the next step: slow enough to be followed. */
const BEAT = 60;
const MOST_STEPS = 1000;

/** Where an input stood at the beginning; `given` where it was handed in beside the program. */
interface Start {
  value: Tensor;
  given: boolean;
}

export class Descent {
  rate = $state(0.1);
  /** Steps still to be taken; infinite while it plays. */
  left = $state(0);
  /** The output at the beginning and after each step. */
  history = $state.raw<readonly number[]>([]);
  /** Why it stopped. */
  word = $state<string | null>(null);

  #session: Session;
  /** The reader's choice by key, where it is another than the usual one. */
  #choice = $state.raw<Readonly<Record<string, boolean>>>({});
  #start = $state.raw<Readonly<Record<string, Start>>>({});
  /** What the last step left; anything else has been changed by hand since. */
  #behind: Pick<Session, "source" | "inputs"> | null = null;
  #awaiting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  steppable = $derived.by(() => steppable(this.#session.drawn?.index.answer.nodes ?? []));
  chosen = $derived.by(() => {
    const plain = new Set(usual(this.steppable).map(({ key }) => key));
    return this.steppable.filter(({ key }) => this.#choice[key] ?? plain.has(key));
  });
  running = $derived(this.left > 0);
  moved = $derived(this.history.length > 1);

  constructor(session: Session) {
    this.#session = session;
  }

  choose(node: GraphNode, stepped: boolean): void {
    this.#choice = { ...this.#choice, [node.key]: stepped };
  }

  /** Takes so many steps, one after the other. */
  take(steps: number): void {
    this.word = null;
    this.left = steps;
    if (!this.#awaiting && !this.#session.busy) this.#step();
  }

  stop(word: string | null = null): void {
    clearTimeout(this.#timer);
    this.left = 0;
    this.word = word;
  }

  /** Puts every input back to where the first step found it. */
  back(): void {
    this.stop();
    const session = this.#session;
    const moved = this.steppable.filter(({ key }) => key in this.#start);
    const drawn = moved.filter(({ key, declared }) => declared === "initializer" && !this.#start[key]?.given);
    for (const { name } of drawn) session.dropInput(name ?? "");
    session.setValues(
      moved
        .filter((node) => !drawn.includes(node))
        .map((node) => [node, this.#start[node.key]?.value ?? 0] as const),
    );
    this.history = this.history.slice(0, 1);
    this.#behind = null;
  }

  /** The engine has answered: notes the output, and goes on if steps are left. */
  settled(): void {
    const { drawn, problem } = this.#session;
    if (this.#awaiting && drawn) {
      this.#awaiting = false;
      if (problem) return this.stop(problem.problem.detail);
      const output = outputOf(drawn);
      this.history = [...this.history, output];
      if (!Number.isFinite(output))
        return this.stop(`the output is not finite after step ${this.history.length - 1}: try a smaller rate`);
    }
    clearTimeout(this.#timer);
    if (this.running) this.#timer = setTimeout(() => this.#step(), BEAT);
  }

  #step(): void {
    const session = this.#session;
    const { drawn, problem } = session;
    if (!drawn || problem) return this.stop("the program has a problem: solve it first");
    if (this.chosen.length === 0) return this.stop("choose an input to be stepped");
    if (session.source !== this.#behind?.source || session.inputs !== this.#behind.inputs) this.#begin(drawn);
    if (this.history.length > MOST_STEPS) return this.stop(`stopped after ${MOST_STEPS} steps`);
    const changes = this.chosen.map((node) => [node, this.#next(node)] as const);
    if (changes.some(([, value]) => hasNonFinite(value)))
      return this.stop("the next numbers would not be finite: try a smaller rate");
    if (changes.every(([node, value]) => JSON.stringify(value) === JSON.stringify(node.value)))
      return this.stop("the gradient moves nothing any more");
    this.left -= 1;
    this.#awaiting = true;
    session.setValues(changes);
    this.#behind = { source: session.source, inputs: session.inputs };
  }

  /** Every first step notes where the inputs stand, those too that may be chosen later. */
  #begin(drawn: Drawn): void {
    const { inputs } = this.#session;
    const starts = this.steppable.map(({ key, name, value }): [string, Start] => [
      key,
      { value: isTruncated(value) ? 0 : value, given: name !== null && name in inputs },
    ]);
    this.#start = Object.fromEntries(starts);
    this.history = [outputOf(drawn)];
  }

  #next({ value, gradient }: GraphNode): Tensor {
    if (isTruncated(value) || isTruncated(gradient) || gradient === null) return Number.NaN;
    return stepped(value, gradient, this.rate);
  }
}

function outputOf({ index, question }: Drawn): number {
  return objectiveOf(index.answer, question.upstream) ?? Number.NaN;
}
