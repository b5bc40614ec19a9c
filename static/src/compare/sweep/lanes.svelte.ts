/** Nets trained in step: played, paused with their states kept, taken up again where the server was lost. */
import { flushSync } from "svelte";
import { connection } from "../../shared/connection.svelte";
import { ConnectionLost, ProblemError, type Problem } from "../../shared/problem";
import { bestOf, Lane } from "./lane.svelte";
import { sweep, type Message, type StatefulFrame } from "./messages";
import { painted } from "./painted";
import { sweepRequest, type Question } from "./request";

/** A training that nobody ends goes on for so many updates at a time: what one request may ask for. */
const ENDLESS = 10_000_000;
/** Rounds in a second at most, and for readers who asked for less motion. */
const FLUID = 25;
const CALM = 2.5;
/** Updates a round makes where no speed is asked for. */
const UNLIMITED = 100;

export class Lanes {
  lanes = $state.raw<readonly Lane[]>([]);
  playing = $state(false);
  /** Updates that every lane which goes on has made. */
  step = $state(0);
  /** Where it ends by itself, null for nowhere. */
  limit = $state<number | null>(null);
  /** Why nothing of it can be trained. */
  problem = $state.raw<Problem | null>(null);
  /** Whether the server went away while it was to train. */
  lost = $state(false);

  best = $derived(bestOf(this.lanes));
  over = $derived(this.limit !== null && this.step >= this.limit);

  #question: Question | null = null;
  #flight: AbortController | null = null;
  #updatesPerSecond: number | null = null;

  #rests: () => void;

  /** `rests` is called whenever training has come to an end by itself. */
  constructor(limit: number | null = null, rests: () => void = () => undefined) {
    this.limit = limit;
    this.#rests = rests;
  }

  /** Takes up the work when the server comes back; answers what ends everything: fit for `onMount`. */
  open(): () => void {
    const forget = connection.onReturn(() => this.lost && this.#go(this.playing ? this.#left() : 0));
    return () => {
      forget();
      this.#flight?.abort();
      this.#flight = null;
    };
  }

  /** Others take the place of those there were, at their start; what played goes on playing. */
  show(question: Question): void {
    this.#question = question;
    this.lanes = question.members.map((member) => new Lane(member));
    this.step = 0;
    this.problem = null;
    this.#go(this.playing ? this.#left() : 0);
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(): void {
    if (this.over || this.lanes.length === 0) return;
    this.playing = true;
    this.#go(this.#left());
  }

  pause(): void {
    this.playing = false;
    this.#flight?.abort();
    this.#flight = null;
  }

  /** So many updates each, and then a pause. */
  advance(updates: number): void {
    this.playing = false;
    this.#go(Math.min(updates, this.#left()), updates);
  }

  reset(): void {
    this.playing = false;
    if (this.#question) this.show(this.#question);
  }

  /** Updates a second to make, null for as many as there is time for. */
  speed(updatesPerSecond: number | null): void {
    this.#updatesPerSecond = updatesPerSecond;
    if (this.playing) this.#go(this.#left());
  }

  #left(): number {
    return this.limit === null ? ENDLESS : this.limit - this.step;
  }

  #go(updates: number, every?: number): void {
    this.#flight?.abort();
    const flight = new AbortController();
    this.#flight = flight;
    this.lost = false;
    void this.#train(flight, updates, every).then(
      () => this.#ended(flight),
      (error: unknown) => this.#failed(flight, error, updates, every),
    );
  }

  /** Trains round by round; a round is shown whole, and the next is read when it is on the screen. */
  async #train(flight: AbortController, updates: number, every?: number): Promise<void> {
    const question = this.#question;
    if (!question) return;
    const { lanes } = this;
    const states = lanes.map(({ frame }) => frame?.state ?? null);
    const from = this.step;
    const round = new Map<Lane, StatefulFrame>();
    let whole = false;
    const stretch = { updates, states, ...this.#rhythm() };
    for await (const message of sweep(sweepRequest(question, every ? { ...stretch, every } : stretch), flight.signal)) {
      if (flight.signal.aborted) return;
      if (message.type === "progress") {
        flushSync(() => {
          for (const [lane, frame] of round) lane.show(frame);
          this.step = from + message.done;
        });
        round.clear();
        await painted();
      } else if (message.type === "summary") whole = true;
      else this.#take(message, lanes, round);
    }
    if (!whole) throw new ConnectionLost();
  }

  #take(message: Exclude<Message, { type: "progress" | "summary" }>, lanes: readonly Lane[], round: Map<Lane, StatefulFrame>): void {
    if (message.type === "ready") {
      message.members.forEach((begun, index) => begun && lanes[index]?.begin(begun));
      return;
    }
    const lane = message.member === null ? undefined : lanes[message.member];
    if (message.type === "frame") {
      if (lane) round.set(lane, message.frame);
    } else if (lane) lane.problem = message.problem;
    // a server that stops has as good as gone
    else if (message.problem.code === "stopping") throw new ConnectionLost();
    else throw new ProblemError(message.problem);
  }

  #ended(flight: AbortController): void {
    if (this.#flight !== flight) return;
    this.#flight = null;
    this.playing = false;
    this.#rests();
  }

  #failed(flight: AbortController, error: unknown, updates: number, every?: number): void {
    if (this.#flight !== flight) return;
    this.#flight = null;
    if (error instanceof ConnectionLost) {
      this.lost = true;
      connection.lost();
    } else if (error instanceof ProblemError && error.problem.code === "too_many_streams") {
      // the stream before is about to be noticed as closed
      const wait = 1000 * Math.min(error.retryAfter ?? 1, 1);
      this.#flight = flight;
      setTimeout(() => this.#flight === flight && this.#go(updates, every), wait);
    } else {
      this.playing = false;
      if (!(error instanceof ProblemError)) throw error;
      this.problem = error.problem;
      this.#rests();
    }
  }

  #rhythm(): { every: number; framesPerSecond: number | null } {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const rounds = calm ? CALM : FLUID;
    const wanted = this.#updatesPerSecond;
    if (wanted === null) return { every: UNLIMITED, framesPerSecond: calm ? CALM : null };
    return { every: Math.max(1, Math.round(wanted / rounds)), framesPerSecond: Math.min(rounds, wanted) };
  }
}
