/** What the page holds: the program and its values, the last good answer, the problem if there is one, the walk. */
import { connection } from "../shared/connection.svelte";
import { ConnectionLost, ProblemError, type Problem } from "../shared/problem";
import type { Tensor } from "../shared/tensor";
import { askGraph } from "./ask";
import { indexOf, type GraphAnswer, type GraphIndex, type GraphNode, type GraphRequest } from "./answer";
import { carry, toUnits, type Span } from "../shared/editor/spans";
import { fitsProgram, isLiteral, mentioned, writeLiteral } from "./inputs/literals";
import type { Lesson } from "./link";
import { Newest } from "../shared/requests";
import { PLAIN, collapsed, unlumped, withOp, withoutSelections, type Selection, type View } from "./view";
import { keepPosition, knownAfter, stepsOf, turnsOf, type Step, type Turns } from "./walk/steps";

/** The last good answer and the question it answers. */
export interface Drawn {
  index: GraphIndex;
  source: string;
  question: GraphRequest;
  steps: Step[];
  turns: Turns;
}

/** What the server says of gates lumped by hand that an edit has taken apart. */
const STALE = new Set(["not_a_gate", "many_outputs", "not_convex", "no_input", "empty_selection"]);

export class Session {
  source = $state("");
  inputs = $state.raw<Record<string, Tensor>>({});
  upstream = $state.raw<Tensor | null>(null);
  drawn = $state.raw<Drawn | null>(null);
  problem = $state.raw<{ problem: Problem; source: string } | null>(null);
  /** How the graph is drawn and what stands beside it. */
  view = $state.raw<View>(PLAIN);
  /** What the lesson is, in a sentence, where whoever made it says so. */
  about = $state<string | null>(null);
  /** How many steps of the walk have happened. */
  position = $state(0);
  playing = $state(false);
  /** True from a change until the answer to it is there. */
  busy = $state(false);
  /** Key of the node that is pointed at, in the drawing, in the program or in the code. */
  pointed = $state<string | null>(null);
  /** While a picture is taken, all of the drawing is drawn, also what is out of sight. */
  pictured = $state(false);
  /** Keys of the gates picked to be lumped. */
  picked = $state.raw<ReadonlySet<string>>(new Set());
  /** Why the gates last picked could not be lumped; they are picked again. */
  refused = $state.raw<Problem | null>(null);

  steps = $derived(this.drawn?.steps ?? []);
  step = $derived(this.steps[this.position - 1] ?? null);
  known = $derived(this.drawn ? knownAfter(this.drawn.turns, this.position) : null);
  atEnd = $derived(this.position >= this.steps.length);
  /** Keys of the statements that are drawn as one gate each. */
  collapsed = $derived(this.drawn ? collapsed(this.view, this.drawn.index.answer.statements) : []);

  #frame: number | null = null;
  /** A step asked for by a link, to be taken when the first answer is there. */
  #wanted: number | null = null;
  #newest = new Newest<GraphRequest, GraphAnswer>({
    run: askGraph,
    answered: (question, answer) => {
      this.#answered(question, answer);
      this.#landed();
    },
    failed: (question, error) => {
      this.#failed(question, error);
      if (!(error instanceof ConnectionLost)) this.#landed();
    },
  });

  constructor() {
    connection.onReturn(() => this.ask());
  }

  /** Opens a program in place of the one before. */
  open({ source, inputs, upstream, step, view, about }: Lesson): void {
    this.playing = false;
    this.source = source;
    this.inputs = inputs;
    this.upstream = upstream;
    this.view = view;
    this.about = about;
    this.unpick();
    this.pointed = null;
    this.#wanted = step ?? Number.POSITIVE_INFINITY;
    this.ask();
  }

  /** What a link has to hold to restore all this. */
  lesson(): Lesson {
    const { source, inputs, upstream, view, about } = this;
    return { source, inputs, upstream, view, about, step: this.atEnd ? null : this.position };
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
    this.setValues([[node, value]]);
  }

  /** Sets the numbers of several inputs at once: one edit of the program, one request. */
  setValues(changes: readonly (readonly [GraphNode, Tensor])[]): void {
    const given: Record<string, Tensor> = {};
    const written: { span: Span; text: string }[] = [];
    for (const [node, value] of changes) {
      const name = node.name ?? "";
      const here = node.declared === "literal" && !(name in this.inputs) && fitsProgram(value);
      if (here && node.span) written.push({ span: this.spanNow(node.span), text: writeLiteral(value) });
      else given[name] = value;
    }
    if (Object.keys(given).length > 0) this.inputs = { ...this.inputs, ...given };
    const source = this.#written(written);
    if (source === this.source) this.ask();
    else this.edit(source);
  }

  /** Leaves an input to the program again: to the number written there, or to the draw from the seed. */
  dropInput(name: string): void {
    const { [name]: _, ...rest } = this.inputs;
    this.inputs = rest;
    this.ask();
  }

  /** Sets the gradient that is sent in at an output that is not a scalar. */
  setUpstream(upstream: Tensor | null): void {
    this.upstream = upstream;
    this.ask();
  }

  /** Changes how the graph is drawn or what stands beside it. */
  show(change: Partial<View>): void {
    const before = JSON.stringify(asked(this.view));
    this.view = { ...this.view, ...change };
    if (JSON.stringify(asked(this.view)) !== before) this.ask();
  }

  /** Opens a gate or an edge by its key: beside the drawing, and in the walk its turn. */
  inspect(key: string): void {
    this.show({ opened: key, beside: "gate" });
    const node = this.drawn?.index.answer.nodes.find((one) => one.key === key);
    if (node) this.goToGate(node.id);
  }

  /** Picks a gate to be lumped, or leaves it out again. */
  pick(key: string): void {
    const picked = new Set(this.picked);
    if (!picked.delete(key)) picked.add(key);
    this.picked = picked;
    this.refused = null;
  }

  unpick(): void {
    this.picked = new Set();
    this.refused = null;
  }

  /** Lumps the picked gates into one of that name. */
  lumpPicked(name: string): void {
    this.show({ lump: [...this.view.lump, { name, keys: [...this.picked] }] });
    this.unpick();
  }

  /** Draws the gates that make up an op as one gate each. */
  lumpOp(op: string): void {
    this.show(withOp(this.view, op));
  }

  /** Opens a lumped gate up into the gates it stands for. */
  unlump(node: GraphNode): void {
    this.show(unlumped(node, this.view, this.collapsed));
  }

  /** Writes `text` over a span of the drawn program, wherever edits have carried it since. */
  rewrite(span: Span, text: string): void {
    this.edit(this.#written([{ span: this.spanNow(span), text }]));
  }

  /** The program with other numbers written over spans of it as it stands now. */
  #written(changes: readonly { span: Span; text: string }[]): string {
    // From the last to the first, so that the places before stay where they are.
    return changes
      .toSorted((a, b) => b.span[0] - a.span[0])
      .reduce((source, { span: [start, end], text }) => {
        // A program in mid-edit may no longer hold a literal there: then nothing is written over.
        const literal = isLiteral(this.source.slice(start, end));
        return literal ? source.slice(0, start) + text + source.slice(end) : source;
      }, this.source);
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
    this.busy = true;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#newest.ask(this.question());
    });
  }

  /** The request that gives what is to be drawn now. */
  question(): GraphRequest {
    const { source, upstream } = this;
    const collapse = [...(this.view.collapse ?? this.collapsed)];
    const values = { inputs: mentioned(this.inputs, source), upstream } as Partial<GraphRequest>;
    return { source, ...values, ...asked(this.view), collapse };
  }

  #landed(): void {
    this.busy = this.#frame !== null || this.#newest.busy;
  }

  #answered(question: GraphRequest, answer: GraphAnswer): void {
    const index = indexOf(answer);
    const before = this.steps.length;
    if (this.#dropWritten(index)) this.ask();
    const steps = stepsOf(index);
    this.drawn = { index, source: question.source, question, steps, turns: turnsOf(index, steps) };
    this.problem = null;
    // Too large to be drawn gate by gate, which only the answer tells.
    if (this.collapsed.join() !== question.collapse?.join()) this.ask();
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

  #failed(question: GraphRequest, error: unknown): void {
    if (error instanceof ConnectionLost) return;
    if (!(error instanceof ProblemError)) throw error;
    if (error.retryAfter !== null) setTimeout(() => this.ask(), error.retryAfter * 1000);
    if (this.#wayBack(error.problem, question)) return;
    this.problem = { problem: error.problem, source: question.source };
  }

  /** Takes back a selection that was made just now: its gates stay picked, beside the reason. */
  #refuse(selection: Selection, problem: Problem): void {
    this.show({ lump: this.view.lump.filter((lump) => lump !== selection) });
    this.picked = new Set(selection.keys);
    this.refused = problem;
  }

  /** Drops what was chosen for an earlier program and no longer fits this one; true when there was such a thing. */
  #wayBack(problem: Problem, question: GraphRequest): boolean {
    const { view, upstream } = this;
    const { code } = problem;
    const newest = question.lump?.at(-1);
    const lumped = view.lump.filter((lump) => lump !== problem.parameters["name"]);
    if (code === "upstream_shape" && upstream !== null) this.setUpstream(null);
    else if (code === "cannot_lump" && lumped.length < view.lump.length) this.show({ lump: lumped });
    else if (code === "unknown_output" && view.output !== null) this.show({ output: null });
    else if (STALE.has(code) && typeof newest === "object" && !this.drawn?.question.lump?.includes(newest))
      this.#refuse(newest, problem);
    else if (STALE.has(code) && withoutSelections(view).lump.length < view.lump.length)
      this.show(withoutSelections(view));
    else return false;
    return true;
  }
}

/** The part of the view that changes the answer. */
function asked({ lump, apart, copies, output, seed, check, collapse }: View): Partial<GraphRequest> {
  return {
    lump: [...lump],
    apart: [...apart],
    copies,
    output,
    seed,
    check,
    ...(collapse ? { collapse: [...collapse] } : {}),
  };
}
