/** What the reader chose and what became of it: the setup, the program, and the problems of either. */
import { connection } from "../shared/connection.svelte";
import { post } from "../shared/api";
import { ConnectionLost, ProblemError, type Problem } from "../shared/problem";
import { Newest } from "../shared/requests";
import type { Spec } from "./live/protocol";
import { Drawing } from "./plane/drawing.svelte";
import { Run } from "./run.svelte";
import type { Choices } from "./setup/choices";
import { writeLink, type Lesson } from "./setup/link";
import { fieldOf, trainingPoints, type Field } from "./setup/rules";
import { fittingLoss } from "./setup/fitting";
import {
  builderRequest,
  columnsOf,
  dataOfOwn,
  specOf,
  type DataSetup,
  type LearningSetup,
  type NetworkSetup,
  type OwnPoints,
  type Setup,
} from "./setup/setup";
import { PLAIN_VIEW, type View } from "./setup/view";
import type { Lit } from "./update/stages";

/** A program in mid-word is not tried: it waits until the typing pauses for so many milliseconds. */
const TYPING = 450;

interface Question {
  setup: Setup;
  /** Whether the answer becomes the program, or is only kept to go back to. */
  adopt: boolean;
  /** Whether all parameters are drawn anew. */
  restart: boolean;
}

export class Trainer {
  readonly choices: Choices;
  readonly run: Run;
  readonly drawing: Drawing;
  setup = $state.raw<Setup>()!;
  program = $state("");
  /** The layer builder's program for the present network, null until it is known. */
  built = $state<string | null>(null);
  speed = $state<number | null>(null);
  view = $state.raw<View>()!;
  /** Whether the single controls that a lesson leaves out are being chosen. */
  choosing = $state(false);
  /** What a walk of one update lights on the drawn network, null while nobody walks. */
  lit = $state.raw<Lit | null>(null);
  /** What there is to say of how the page was opened. */
  notice = $state<string | null>(null);
  /** What stands behind the address as long as the state is the one that a link brought. */
  behind = $state.raw<{ hash: string; fingerprint: string | null } | null>(null);
  /** Why the program or the setup is not what is trained, and the program it is about. */
  problem = $state.raw<{ problem: Problem; program: string } | null>(null);

  edited = $derived(this.built !== null && this.program !== this.built);
  /** What is trained, as the query of a link that says nothing of how it is looked at. */
  trained = $derived.by(() => {
    const { setup, edited, program } = this;
    return writeLink({ setup, speed: null, view: PLAIN_VIEW, program: edited ? program : null });
  });
  /** The box the problem is about, when it is about one. */
  field = $derived<Field | null>(
    this.problem && !this.problem.problem.span ? fieldOf(this.problem.problem, this.setup.data) : null,
  );

  /** What is wrong with a feature, in words. */
  featureProblem = $derived(
    this.problem && "feature" in this.problem.problem.parameters ? this.problem.problem.detail : null,
  );

  #typing: ReturnType<typeof setTimeout> | undefined;
  #builder = new Newest<Question, string>({
    run: async ({ setup }, signal) =>
      (await post("/api/v1/trainings/program", builderRequest(this.choices, setup), signal)).program.trimEnd(),
    answered: (question, program) => this.#written(question, program),
    failed: (question, error) => this.#notWritten(question, error),
  });
  #unanswered: Question | null = null;
  /** The batch that was chosen, and what it was cut down to while there are fewer points of one's own. */
  #batch = { chosen: 0, fitted: 0 };

  constructor(choices: Choices, { setup, program, speed, view }: Lesson) {
    this.choices = choices;
    this.setup = setup;
    this.view = view;
    this.run = new Run({
      accepted: (spec) => this.#accepted(spec),
      refused: (problem, spec) => this.#refused(problem, spec),
      unread: () => this.unread(),
    });
    this.drawing = new Drawing(this);
    if (program !== null) {
      this.program = program;
      this.#train();
    }
    this.setSpeed(speed);
    this.#build(program === null);
    connection.onReturn(() => this.#unanswered && this.#builder.ask(this.#unanswered));
  }

  /** Whole lessons take the place of what there was: presets, and what a reader brings along. */
  open({ setup, program, speed, view }: Lesson): void {
    this.setup = setup;
    this.view = view;
    this.setSpeed(speed);
    if (program !== null) {
      this.program = program;
      this.#train(true);
    }
    this.#build(program === null, true);
  }

  /** Goes on from the state of a link, which stays behind the address until training leaves it. */
  bring(state: Uint8Array, hash: string): void {
    this.behind = { hash, fingerprint: null };
    this.run.bring(state);
  }

  /** Goes on from the state of a file, under the program that it was taken from. */
  adopt(setup: Setup, program: string, state: Uint8Array): void {
    this.setup = setup;
    this.program = program;
    this.behind = null;
    this.run.bring(state);
    this.#train();
    this.#build(false);
  }

  /** The weights of a link could not be read. */
  unread(): void {
    this.behind = null;
    this.notice = "This link\u2019s weights could not be read: the net starts from its seed.";
  }

  show(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
  }

  /** Leaves a group of controls, a part of the page or a single control out of the lesson, or takes it back. */
  leave(name: string, out: boolean): void {
    const others = this.view.hide.filter((other) => other !== name);
    this.show({ hide: out ? [...others, name] : others });
  }

  light(lit: Lit | null): void {
    this.lit = lit;
  }

  setData(change: Partial<DataSetup>): void {
    const before = this.setup;
    const data = { ...before.data, ...change };
    const network = fittingLoss(this.choices, before.network, data, before.data);
    this.setup = { ...before, data, network };
    // another number of classes or columns is another network, unless the reader wrote it
    const anew =
      data.classes !== before.data.classes ||
      network !== before.network ||
      columnsOf(this.choices, data) !== columnsOf(this.choices, before.data);
    if (anew) this.#build(!this.edited);
    if (!anew || this.edited) this.#train();
  }

  /** Points of one's own in place of those there are. */
  setOwn(own: OwnPoints): void {
    this.replaceData(dataOfOwn(own, this.setup.data));
  }

  /** Other data altogether; a batch larger than all their points becomes all of them, until there are more again. */
  replaceData(data: DataSetup): void {
    const { batch } = this.setup.learning;
    const chosen = batch === this.#batch.fitted ? this.#batch.chosen : batch;
    const fitted = Math.min(chosen, trainingPoints(data));
    this.#batch = { chosen, fitted };
    if (fitted !== batch) this.setup = { ...this.setup, learning: { ...this.setup.learning, batch: fitted } };
    this.setData(data);
  }

  /** A network control writes the program anew; undo in the editor brings an edited one back. */
  setNetwork(change: Partial<NetworkSetup>): void {
    this.setup = { ...this.setup, network: { ...this.setup.network, ...change } };
    this.#build(true);
  }

  setLearning(change: Partial<LearningSetup>): void {
    const learning = { ...this.setup.learning, ...change };
    // the seed draws the first weights: another one is another start
    const restart = learning.seed !== this.setup.learning.seed;
    this.setup = { ...this.setup, learning };
    this.#train(restart);
  }

  /** Takes the stop condition away, and trains on. */
  goOn(): void {
    this.setLearning({ stop: "" });
    this.run.toggle();
  }

  setSpeed(speed: number | null): void {
    this.speed = speed;
    this.run.speed(speed);
  }

  /** The program was edited by hand, or an edit was undone. */
  edit(program: string): void {
    if (program === this.program) return;
    this.program = program;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#train(), TYPING);
  }

  /** Back to the layer builder's program. */
  rebuild(): void {
    if (this.built === null) return;
    this.program = this.built;
    this.#train();
  }

  #build(adopt: boolean, restart = false): void {
    this.#unanswered = { setup: this.setup, adopt, restart };
    this.#builder.ask(this.#unanswered);
  }

  #written({ setup, adopt, restart }: Question, program: string): void {
    this.#unanswered = null;
    this.built = program;
    if (adopt) {
      this.program = program;
      this.#train(restart);
    } else if (this.problem && this.run.accepted === null) this.#fallBack(setup, program);
  }

  #notWritten({ setup }: Question, error: unknown): void {
    if (error instanceof ConnectionLost) return;
    this.#unanswered = null;
    if (!(error instanceof ProblemError)) throw error;
    this.problem = { problem: error.problem, program: this.program };
    if (setup !== this.setup) this.#build(true);
  }

  #train(restart = false): void {
    clearTimeout(this.#typing);
    if (this.program === "" && this.built === null) return;
    this.run.configure(specOf(this.choices, this.setup, this.program), restart);
  }

  #accepted(spec: Spec): void {
    if (spec.program === this.program) this.problem = null;
  }

  #refused(problem: Problem, spec: Spec): void {
    this.problem = { problem, program: spec.program };
    if (this.run.accepted === null && this.built !== null && spec.program !== this.built)
      this.#fallBack(this.setup, this.built);
  }

  /** A link's program that cannot be trained leaves the plane with the builder's, and its problem said. */
  #fallBack(setup: Setup, program: string): void {
    this.run.configure(specOf(this.choices, setup, program));
  }
}
