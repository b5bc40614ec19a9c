/** What the page holds: the program and its values, the last good answer, the problem if there is one, the walk. */
import { post } from "../shared/api";
import { connection } from "../shared/connection.svelte";
import { ConnectionLost, ProblemError, type Problem } from "../shared/problem";
import type { Tensor } from "../shared/tensor";
import { indexOf, type GraphAnswer, type GraphIndex, type GraphNode, type GraphRequest } from "./answer";
import { carry, toUnits, type Span } from "../shared/editor/spans";
import { isLiteral, mentioned, writeLiteral } from "./inputs/literals";
import type { Lesson } from "./link";
import { Newest } from "../shared/requests";
import { keepPosition, knownAfter, stepsOf, type Step } from "./walk/steps";

interface Question {
  source: string;
  inputs: Record<string, Tensor>;
  upstream: Tensor | null;
}

/** The last good answer and the program it answers. */
interface Drawn {
  index: GraphIndex;
  source: string;
  steps: Step[];
}

export class Session {
  source = $state("");
  inputs = $state.raw<Record<string, Tensor>>({});
  upstream = $state.raw<Tensor | null>(null);
  drawn = $state.raw<Drawn | null>(null);
  problem = $state.raw<{ problem: Problem; source: string } | null>(null);
  /** How many steps of the walk have happened. */
  position = $state(0);
  playing = $state(false);

  steps = $derived(this.drawn?.steps ?? []);
  step = $derived(this.steps[this.position - 1] ?? null);
  known = $derived(this.drawn ? knownAfter(this.drawn.index, this.drawn.steps, this.position) : null);
  atEnd = $derived(this.position >= this.steps.length);

  #frame: number | null = null;
  /** A step asked for by a link, to be taken when the first answer is there. */
  #wanted: number | null = null;
  #newest = new Newest<Question, GraphAnswer>({
    // asked with values, not with shapes, so what comes back is a trace
    run: async (question, signal) =>
      (await post("/api/v1/graph", question as GraphRequest, signal)) as GraphAnswer,
    answered: (question, answer) => this.#answered(question, answer),
    failed: (question, error) => this.#failed(question, error),
  });

  constructor() {
    connection.onReturn(() => this.ask());
  }

  /** Opens a program in place of the one before. */
  open({ source, inputs, upstream, step }: Lesson): void {
    this.playing = false;
    this.source = source;
    this.inputs = inputs;
    this.upstream = upstream;
    this.#wanted = step ?? Number.POSITIVE_INFINITY;
    this.ask();
  }

  /** The program was edited. */
  edit(source: string): void {
    if (source === this.source) return;
    this.source = source;
    this.ask();
  }

  /** Sets the value of an input that the program leaves free. */
  setInput(name: string, value: Tensor): void {
    this.inputs = { ...this.inputs, [name]: value };
    this.ask();
  }

  /** Sets the number of an input: in the program where it is written there, else among the inputs. */
  setValue(node: GraphNode, value: Tensor): void {
    const name = node.name ?? "";
    if (node.declared === "literal" && node.span && !(name in this.inputs))
      this.rewrite(node.span, writeLiteral(value));
    else this.setInput(name, value);
  }

  /** Sets the gradient that is sent in at an output that is not a scalar. */
  setUpstream(upstream: Tensor | null): void {
    this.upstream = upstream;
    this.ask();
  }

  /** Writes `text` over a span of the drawn program, wherever edits have carried it since. */
  rewrite(span: Span, text: string): void {
    const [start, end] = this.spanNow(span);
    // A program in mid-edit may no longer hold a literal there: then nothing is written over.
    if (!isLiteral(this.source.slice(start, end))) return;
    this.edit(this.source.slice(0, start) + text + this.source.slice(end));
  }

  /** A span of the drawn program, in code points, as UTF-16 units of the program as it stands now. */
  spanNow(span: Span): Span {
    const before = this.drawn?.source ?? this.source;
    return carry(toUnits(before, span), before, this.source);
  }

  goTo(position: number): void {
    this.position = Math.max(0, Math.min(position, this.steps.length));
  }

  /** Goes to a gate's turn: its backward one, unless the walk is still going forward or it has none. */
  goToGate(node: string): void {
    const turn = (kind: Step["kind"]) =>
      this.steps.findIndex((step) => step.kind === kind && step.node === node);
    const forward = this.step?.kind === "forward" && !this.atEnd;
    const found = !forward && turn("backward") >= 0 ? turn("backward") : turn("forward");
    if (found >= 0) this.goTo(found + 1);
  }

  /** Asks for the graph at the next frame: a slider moves many times between two. */
  ask(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      const { source, upstream } = this;
      this.#newest.ask({ source, inputs: mentioned(this.inputs, source), upstream });
    });
  }

  #answered(question: Question, answer: GraphAnswer): void {
    const index = indexOf(answer);
    const before = this.steps.length;
    if (this.#dropWritten(index)) this.ask();
    const steps = stepsOf(index);
    this.drawn = { index, source: question.source, steps };
    this.problem = null;
    this.position =
      this.#wanted === null
        ? keepPosition(this.position, before, steps.length)
        : Math.min(this.#wanted, steps.length);
    this.#wanted = null;
  }

  /** A free name that the program now gives a value itself is no longer handed in: what is written there counts. */
  #dropWritten(index: GraphIndex): boolean {
    const free = new Set(
      this.drawn?.index.answer.nodes.filter((node) => node.declared === "free").map(({ name }) => name),
    );
    const written = index.answer.nodes.filter(
      ({ declared, name }) =>
        declared === "literal" && name !== null && name in this.inputs && free.has(name),
    );
    if (written.length === 0) return false;
    const names = new Set(written.map(({ name }) => name));
    this.inputs = Object.fromEntries(Object.entries(this.inputs).filter(([name]) => !names.has(name)));
    return true;
  }

  #failed(question: Question, error: unknown): void {
    if (error instanceof ConnectionLost) return;
    if (!(error instanceof ProblemError)) throw error;
    if (error.retryAfter !== null) setTimeout(() => this.ask(), error.retryAfter * 1000);
    if (error.problem.code === "upstream_shape" && this.upstream !== null) {
      // It was given for an output of another shape: the program has moved on.
      this.setUpstream(null);
      return;
    }
    this.problem = { problem: error.problem, source: question.source };
  }
}
