/** A listing that runs: what was answered of it, where it stands, and the clock that moves it on. */
import { post } from "../shared/api";
import { connection } from "../shared/connection.svelte";
import { ConnectionLost, ProblemError, type Problem } from "../shared/problem";
import { Newest } from "../shared/requests";
import { toNumber } from "../shared/tensor";
import type { Entry, Lesson } from "./link";
import { nextRound, placesOf, type Answer, type Place } from "./places";

/** What one turn of the clock runs, and how long it takes in milliseconds. */
export const PACES = {
  line: { text: "slow", wait: 700, title: "A line at a time, slow enough to be talked over" },
  lines: { text: "fast", wait: 90, title: "A line at a time, fast" },
  round: { text: "whole rounds", wait: 60, title: "Once around the loop at a time" },
} as const;
export type Pace = keyof typeof PACES;

/** Steps asked for at once, and how many before the one wanted when the walk goes back. */
const AHEAD = 40;
const BEHIND = 24;
const KEPT = 6;

interface Question {
  first: number;
  stride: number;
  /** The step to be shown once it is known, null for one asked for ahead of time. */
  shown: number | null;
}

interface Chunk {
  stride: number;
  places: readonly Place[];
}

export class Runner {
  entry: Entry;
  values: Readonly<Record<string, number>>;
  answer = $state.raw<Answer | null>(null);
  place = $state.raw<Place | null>(null);
  /** Of every iteration that was ever reached, the present one and later ones alike. */
  losses = $state.raw<readonly number[]>([]);
  playing = $state(false);
  pace = $state<Pace>("line");
  problem = $state.raw<Problem | null>(null);

  #chunks: Chunk[] = [];
  #wanted = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #newest = new Newest<Question, Answer>({
    run: ({ first, stride }, signal) => this.#ask(first, stride, signal),
    answered: (question, answer) => this.#answered(question, answer),
    failed: (_, error) => this.#failed(error),
  });

  constructor({ entry, values, step }: Lesson) {
    this.entry = $state.raw(entry);
    this.values = $state.raw(values);
    this.#wanted = step;
    connection.onReturn(() => this.seek(this.#wanted));
  }

  get steps(): number {
    return this.answer?.steps ?? 0;
  }

  /** Goes to a step: at once where it is known, else as soon as it is answered. */
  seek(step: number, stride = 1): void {
    this.#wanted = Math.max(0, this.answer ? Math.min(step, this.answer.steps) : step);
    const place = this.#find(this.#wanted);
    if (place) this.place = place;
    else this.#newest.ask({ ...this.#range(this.#wanted, stride), shown: this.#wanted });
  }

  step(by: number): void {
    this.pause();
    this.seek((this.place?.step ?? 0) + by);
  }

  /** Another listing, or other numbers in this one: the same step of it is shown. */
  change(entry: Entry, values: Readonly<Record<string, number>>): void {
    const another = entry !== this.entry;
    this.entry = entry;
    this.values = values;
    this.#chunks = [];
    this.losses = [];
    this.answer = null;
    if (another) {
      this.pause();
      this.place = null;
    }
    this.seek(another ? 0 : this.#wanted);
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(): void {
    this.playing = true;
    if (this.place && this.place.step >= this.steps) this.seek(0);
    this.#turn();
  }

  pause(): void {
    this.playing = false;
    clearTimeout(this.#timer);
  }

  setPace(pace: Pace): void {
    this.pace = pace;
    if (this.playing) this.#turn();
  }

  #turn(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tick(), PACES[this.pace].wait);
  }

  #tick(): void {
    const { place, answer } = this;
    if (place && answer) {
      if (place.step >= answer.steps) return this.pause();
      // what was asked for last has not come yet: it is waited for
      if (place.step === this.#wanted) this.#onward(place.step, answer);
    }
    this.#turn();
  }

  #onward(step: number, { loop, steps }: Answer): void {
    const around = this.pace === "round" && loop !== null && step >= loop.first;
    const next = around ? nextRound(step, loop, steps) : step + 1;
    const stride = around && next === nextRound(next - 1, loop, steps) ? loop.length : 1;
    this.seek(next, stride);
    if (this.#newest.busy) return;
    // the next ones are asked for before they are needed, from where the worker stands
    const chunk = this.#chunks.find((one) => one.stride === stride && indexIn(one, next) !== null);
    const end = chunk?.places.at(-1)?.step ?? steps;
    if (end < steps && next > end - (AHEAD / 2) * stride && !this.#find(end + stride))
      this.#newest.ask({ first: Math.min(end + stride, steps), stride, shown: null });
  }

  #range(step: number, stride: number): { first: number; stride: number } {
    if (stride !== 1) return { first: step, stride };
    const back = this.place !== null && step < this.place.step;
    return { first: Math.max(0, step - (back ? BEHIND : 0)), stride };
  }

  #find(step: number): Place | null {
    for (const chunk of this.#chunks) {
      const index = indexIn(chunk, step);
      if (index !== null) return chunk.places[index] ?? null;
    }
    return null;
  }

  #ask(first: number, stride: number, signal: AbortSignal): Promise<Answer> {
    const question = {
      values: this.values,
      first,
      count: AHEAD,
      stride,
      losses_from: this.losses.length,
    };
    return post(`/api/v1/listings/${this.entry.name}` as never, question as never, signal) as Promise<Answer>;
  }

  #answered({ stride, shown }: Question, answer: Answer): void {
    const stale = answer.name !== this.entry.name || !sameValues(answer.values, this.values);
    if (stale) return;
    this.problem = null;
    this.answer = answer;
    if (answer.losses_from === this.losses.length)
      this.losses = [...this.losses, ...answer.losses.map(toNumber)];
    this.#chunks = [{ stride, places: placesOf(answer) }, ...this.#chunks].slice(0, KEPT);
    if (shown === null || shown !== this.#wanted) return;
    const place = this.#find(shown);
    if (place) this.place = place;
  }

  #failed(error: unknown): void {
    this.pause();
    // the page says that the server is away, and goes on when it is back
    if (error instanceof ConnectionLost) return;
    if (!(error instanceof ProblemError)) throw error;
    if (error.problem.code === "bad_step") {
      // fewer iterations than before: the end of them
      this.#wanted = Number(error.problem.parameters["steps"]);
      return this.seek(this.#wanted);
    }
    this.problem = error.problem;
  }
}

function indexIn({ places, stride }: Chunk, step: number): number | null {
  const index = (step - (places[0]?.step ?? 0)) / stride;
  return index in places ? index : null;
}

function sameValues(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): boolean {
  return Object.keys(other).every((name) => one[name] === other[name]);
}
