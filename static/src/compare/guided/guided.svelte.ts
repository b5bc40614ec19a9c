/** The guided run: its stages, each with a net of its own that is trained live, one after the other. */
import type { Choices } from "../../train/setup/choices";
import { readLink } from "../../train/setup/link";
import type { Lane } from "../sweep/lane.svelte";
import { Lanes } from "../sweep/lanes.svelte";
import { GUIDE, STAGE_UPDATES } from "./guide";

/** Updates a second: slow enough to be watched. */
const PACE = 1000;
/** Stages that train at once, where a link or a hurried reader asks for several. */
const AT_ONCE = 2;

export class Guided {
  /** The stage that is shown, counted from 0. */
  stage = $state(0);
  /** A training for each stage come to. */
  runs = $state.raw<readonly Lanes[]>([]);

  /** The net of each stage come to, null for one that waits for its turn. */
  lanes = $derived<readonly (Lane | null)[]>(this.runs.map((run) => run.lanes[0] ?? null));
  /** The training of the present stage. */
  run = $derived<Lanes | null>(this.runs[this.stage] ?? null);

  #choices: Choices;
  #moved: (stage: number) => void;
  #begun = false;
  #ends: (() => void)[] = [];
  /** What is to begin for each stage that waits for its turn. */
  #waiting = new Map<Lanes, () => void>();

  constructor(choices: Choices, stage: number, moved: (stage: number) => void) {
    this.#choices = choices;
    this.#moved = moved;
    this.restart(stage);
  }

  get lost(): boolean {
    return this.runs.some((run) => run.lost);
  }

  /** Fit for `onMount`. */
  open(): () => void {
    return () => this.#close();
  }

  /** Forgets what was trained; the stages before the one given are trained anew. */
  restart(stage: number): void {
    this.#close();
    this.runs = [];
    this.#begun = false;
    this.stage = Math.min(stage, GUIDE.length - 1);
  }

  /** The room was entered: the stages up to the present one are trained. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    for (let index = 0; index <= this.stage; index += 1) this.#add(index);
  }

  /** To another stage; one never come to is trained. */
  go(stage: number): void {
    this.stage = Math.max(0, Math.min(stage, GUIDE.length - 1));
    for (let index = this.runs.length; index <= this.stage; index += 1) this.#add(index);
    this.#moved(this.stage);
  }

  /** The present stage's net from its very start. */
  again(): void {
    this.run?.reset();
    this.run?.play();
  }

  pause(): void {
    for (const run of this.runs) run.pause();
  }

  #add(index: number): void {
    const stage = GUIDE[index];
    if (!stage) return;
    const { setup, program } = readLink(`?${stage.query}`, this.#choices).lesson;
    const run = new Lanes(STAGE_UPDATES, () => this.#next());
    run.speed(PACE);
    this.#ends.push(run.open());
    this.runs = [...this.runs, run];
    this.#waiting.set(run, () => {
      run.playing = true;
      run.show({ choices: this.#choices, members: [{ label: stage.label, setup }], program });
    });
    this.#next();
  }

  /** Lets stages that wait begin, the present one before all others. */
  #next(): void {
    const turns = [...(this.run ? [this.run] : []), ...this.runs];
    for (const run of turns) {
      if (this.runs.filter(({ playing }) => playing).length >= AT_ONCE) return;
      const begin = this.#waiting.get(run);
      this.#waiting.delete(run);
      begin?.();
    }
  }

  #close(): void {
    this.#waiting.clear();
    for (const end of this.#ends) end();
    this.#ends = [];
  }
}
