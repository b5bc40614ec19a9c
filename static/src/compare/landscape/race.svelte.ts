/** Optimizers racing down one landscape: what was asked for, the answer, and the moment of the race that is shown. */
import { get, post } from "../../shared/api";
import { connection } from "../../shared/connection.svelte";
import { ConnectionLost, ProblemError, type Problem } from "../../shared/problem";
import { Newest } from "../../shared/requests";
import type { components } from "../../shared/schema";
import { toBase64 } from "../../train/live/base64";
import type { Choices } from "../../train/setup/choices";
import { builderRequest, specOf, type Setup } from "../../train/setup/setup";
import type { Lane } from "../sweep/lane.svelte";
import { runnersOf, spacing, usualRacers, type Valley } from "./racers";
import { NET, type Racer, type Survey } from "./survey";
import type { Answer } from "./tracks";

type Request = components["schemas"]["LandscapeRequest"];

/** A whole race is watched in so many seconds. */
const SECONDS = 9;
/** Seconds between two pictures for readers who asked for less motion. */
const CALM = 0.4;
const NET_UPDATES = 200;
/** Grid points along either axis: a small model's loss is quickly had. */
const FINE = 81;
const COARSE = 51;

/** The net whose landscape it is: one of those side by side where it stands, or the common settings at their start. */
export interface Subject {
  setup: Setup;
  program: string | null;
  lane: Lane | null;
}

interface Question {
  survey: Survey;
  valley: Valley | null;
  subject: Subject;
}

export class Race {
  valleys = $state.raw<readonly Valley[]>([]);
  answer = $state.raw<Answer | null>(null);
  /** What the answer is of. */
  asked = $state.raw<Question | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  playing = $state(false);
  /** Updates that have been made at the moment shown. */
  time = $state(0);

  /** The updates that the race lasts. */
  length = $derived(Math.max(1, ...(this.answer?.paths.map(({ updates, stopped_at }) => Math.max(updates.at(-1) ?? 0, stopped_at ?? 0)) ?? [])));

  #choices: Choices;
  #unanswered: Question | null = null;
  #frame = 0;
  #asker = new Newest<Question, Answer>({
    run: async (question, signal) => post("/api/v1/trainings/landscape", await this.#request(question, signal), signal),
    answered: (question, answer) => this.#answered(question, answer),
    failed: (question, error) => this.#failed(error, question),
  });

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  /** Fit for `onMount`. */
  open(): () => void {
    const forget = connection.onReturn(() => this.#unanswered && this.#ask(this.#unanswered));
    return () => {
      forget();
      this.pause();
    };
  }

  valleyOf({ surface }: Survey): Valley | null {
    if (surface === NET) return null;
    return this.valleys.find(({ name }) => name === surface) ?? this.valleys[0] ?? null;
  }

  racersOf(survey: Survey): readonly Racer[] {
    return survey.racers ?? usualRacers(this.valleyOf(survey), this.#choices);
  }

  updatesOf(survey: Survey): number {
    return survey.updates ?? this.valleyOf(survey)?.updates ?? NET_UPDATES;
  }

  /** Surveys a landscape and lets all racers run. */
  async ask(survey: Survey, subject: Subject): Promise<void> {
    this.busy = true;
    try {
      if (this.valleys.length === 0) this.valleys = (await get("/api/v1/trainings/landscape")).valleys;
    } catch (error) {
      this.#unanswered = { survey, valley: null, subject };
      this.#failed(error);
      return;
    }
    this.#ask({ survey, valley: this.valleyOf(survey), subject });
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(): void {
    if (!this.answer) return;
    if (this.time >= this.length) this.time = 0;
    this.playing = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let before = performance.now();
    const turn = (now: number) => {
      const passed = (now - before) / 1000;
      if (!calm || passed >= CALM) {
        before = now;
        this.time = Math.min(this.length, this.time + (this.length * passed) / SECONDS);
      }
      if (this.time >= this.length) this.playing = false;
      else if (this.playing) this.#frame = requestAnimationFrame(turn);
    };
    this.#frame = requestAnimationFrame(turn);
  }

  pause(): void {
    this.playing = false;
    cancelAnimationFrame(this.#frame);
  }

  /** To a moment of the race. */
  seek(time: number): void {
    this.pause();
    this.time = Math.max(0, Math.min(this.length, Math.round(time)));
  }

  #ask(question: Question): void {
    this.busy = true;
    // without the valleys there is nothing to choose from yet
    if (this.valleys.length === 0) {
      void this.ask(question.survey, question.subject);
      return;
    }
    this.#unanswered = question;
    this.#asker.ask(question);
  }

  async #request({ survey, valley, subject }: Question, signal: AbortSignal): Promise<Request> {
    const updates = this.updatesOf(survey);
    const racers = this.racersOf(survey);
    const shared = {
      optimizers: runnersOf(racers, this.#choices),
      updates,
      every: Math.min(updates, spacing(updates, racers.length)),
      directions: survey.directions,
      seed: 0,
    };
    if (valley) return { ...shared, spec: valley.spec, size: FINE, start: survey.start && [...survey.start] } as unknown as Request;
    const { setup, program, lane } = subject;
    const written = program ?? lane?.begun?.program ?? (await post("/api/v1/trainings/program", builderRequest(this.#choices, setup), signal)).program;
    const state = lane?.frame ? toBase64(lane.frame.state) : null;
    return { ...shared, spec: specOf(this.#choices, setup, written), state, size: COARSE } as unknown as Request;
  }

  #answered(question: Question, answer: Answer): void {
    this.#unanswered = null;
    this.busy = this.#asker.busy;
    this.pause();
    this.problem = null;
    this.asked = question;
    this.answer = answer;
    this.time = this.length;
  }

  #failed(error: unknown, question: Question | null = null): void {
    this.busy = false;
    if (error instanceof ConnectionLost) return;
    if (!(error instanceof ProblemError)) throw error;
    this.problem = error.problem;
    if (question === null || error.retryAfter === null) {
      this.#unanswered = null;
      return;
    }
    // others were first: asked again when the server says, unless something else was asked meanwhile
    setTimeout(() => {
      if (this.#unanswered === question) this.#ask(question);
    }, 1000 * error.retryAfter);
  }
}
