/** The training as the page sees it: the newest frame, the curves, whether it plays, whether the server answers. */
import { flushSync } from "svelte";
import { CLIENT } from "../shared/api";
import type { Problem } from "../shared/problem";
import { Inside } from "./backward/inside";
import { History, rowOf } from "./curves/history";
import { Kept } from "./curves/kept.svelte";
import { Demands } from "./live/demands";
import { Painter } from "./live/painter";
import type { Watch } from "./live/parts";
import type { Frame, Ready, Spec, Unit } from "./live/protocol";
import { isLost, START, type Link } from "./live/reconnect";
import { Session } from "./live/session";
import { Wire } from "./live/wire";

const PATH = "/api/v1/trainings/live";
/** Milliseconds between paintings for readers who asked for less motion. */
const CALM = 400;

export interface RunEvents {
  accepted: (spec: Spec) => void;
  refused: (problem: Problem, spec: Spec) => void;
  /** What was brought along to go on from is no state. */
  unread: (problem: Problem) => void;
}

/** The state before the first update, by its fingerprint; `again` when it is the one seen before. */
export interface Start {
  mark: string;
  again: boolean;
}

/** A training at a step, whole: what a request about it hands in. */
export interface Whole {
  spec: Spec;
  step: number;
  state: Uint8Array;
}

export class Run {
  ready = $state.raw<Ready | null>(null);
  /** The spec that is trained. */
  accepted = $state.raw<Spec | null>(null);
  frame = $state.raw<Frame | null>(null);
  /** What `frame` is of: after a change it is a moment older than `ready`. */
  framed = $state.raw<Ready | null>(null);
  playing = $state(false);
  start = $state.raw<Start | null>(null);
  /** What went wrong while training, null when nothing did since it was last asked to go on. */
  problem = $state.raw<Problem | null>(null);
  link = $state.raw<Link>(START);
  /** The step that training went on from after a loss, null when that is long ago. */
  returned = $state<number | null>(null);
  /** Counts rows of the history, whose columns are plain arrays. */
  rows = $state(0);
  /** The newest step there was: what a rewind may come back to. */
  reached = $state(0);
  readonly history = new History();
  /** Older runs beside this one: they outlive resets, other settings and a reload. */
  readonly kept = new Kept(window === window.top);
  readonly inside = new Inside();

  lost = $derived(isLost(this.link));

  #wire: Wire;
  #session: Session;
  #painter: Painter;
  #events: RunEvents;
  #wasLost = false;
  /** Looking at an older step: what came after it is kept until training goes on from there. */
  #travelling = false;
  #lastStep: number | null = null;
  #readyOf = new WeakMap<Frame, Ready>();
  #demands = new Demands((watch) => this.#session.watch(watch));

  constructor(events: RunEvents) {
    this.#events = events;
    this.#painter = new Painter(
      {
        paint: (frame) => flushSync(() => this.#show(frame)),
        keep: (frame) => this.#note(frame),
        drawn: (step) => this.#session.drawn(step),
      },
      matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM : 0,
    );
    const server = location.origin.replace(/^http/, "ws");
    this.#wire = new Wire(`${server}${PATH}?client=${CLIENT}`, {
      opened: () => this.#session.opened(),
      message: (message) => this.#session.receive(message),
      garbled: (error) => console.error(error),
      link: (link) => this.#linked(link),
    });
    this.#session = new Session(this.#wire, {
      ready: (ready, spec, resumed) => this.#ready(ready, spec, resumed),
      frame: (frame) => {
        if (this.ready) this.#readyOf.set(frame, this.ready);
        this.#painter.offer(frame);
      },
      playing: (playing) => (this.playing = playing),
      refused: (problem, spec) => this.#events.refused(problem, spec),
      unread: (problem) => this.#events.unread(problem),
      failed: (problem) => (this.problem = problem),
    });
  }

  /** Connects; answers the function that ends everything. */
  open(): () => void {
    const seen = () => !document.hidden && this.#painter.seen();
    document.addEventListener("visibilitychange", seen);
    this.#wire.connect();
    return () => {
      document.removeEventListener("visibilitychange", seen);
      this.#painter.close();
      this.#wire.close();
    };
  }

  configure(spec: Spec, restart = false): void {
    // before the first update there is nothing to keep: the start is that of the new spec
    this.#session.configure(spec, restart || this.frame?.step === 0);
  }

  /** The next spec goes on from this state: one of a link, or of a file. */
  bring(state: Uint8Array): void {
    this.#session.bring(state);
  }

  toggle(): void {
    if (this.playing) this.#session.pause();
    else this.#go(() => this.#session.play());
  }

  step(unit: Unit): void {
    this.#go(() => this.#session.step(unit));
  }

  reset(): void {
    this.#go(() => this.#session.reset());
  }

  /** Goes back, or forth again, to a step that was reached. */
  rewind(step: number): void {
    this.#go(() => this.#session.rewind(step));
    this.#travelling = true;
  }

  /** Sets one trained number by hand. */
  edit(parameter: string, index: readonly number[], value: number): void {
    this.#go(() => this.#session.edit(parameter, index, value));
  }

  /** Asks for optional parts of frames, from now until the function answered is called: fit for an effect. */
  look(parts: Partial<Watch>): () => void {
    return this.#demands.add(parts);
  }

  /** The training at the very step shown; null before there is one. */
  async whole(): Promise<Whole | null> {
    const kept = this.frame && (await this.#session.state(this.frame.step));
    return kept && this.accepted && { spec: this.accepted, step: kept.step, state: kept.state };
  }

  speed(updatesPerSecond: number | null): void {
    this.#session.speed(updatesPerSecond);
  }

  tryNow(): void {
    this.#wire.retryNow();
  }

  #go(command: () => void): void {
    this.problem = null;
    this.returned = null;
    this.#travelling = false;
    command();
  }

  #ready(ready: Ready, spec: Spec, resumed: number | null): void {
    this.ready = ready;
    // what went wrong belongs to the spec it went wrong with
    if (spec !== this.accepted) this.problem = null;
    this.accepted = spec;
    if (resumed !== null && this.#wasLost) this.returned = resumed;
    this.#wasLost = false;
    this.#events.accepted(spec);
  }

  #show(frame: Frame): void {
    this.#note(frame);
    this.frame = frame;
    this.framed = this.#readyOf.get(frame) ?? null;
    this.rows += 1;
    if (frame.finished) this.problem = frame.finished;
  }

  #note(frame: Frame): void {
    if (this.#travelling) return;
    this.reached = frame.step;
    this.history.push(rowOf(frame));
    this.inside.push(frame);
    const stayed = this.#lastStep === 0;
    this.#lastStep = frame.step;
    if (frame.step > 0) return;
    const mark = frame.fingerprint.slice(0, 6);
    // more parts of the very same frame are no second start
    if (stayed && this.start?.mark === mark) return;
    this.start = { mark, again: this.start?.mark === mark };
  }

  #linked(link: Link): void {
    this.link = link;
    if (link.kind !== "open") this.#session.closed();
    if (isLost(link)) {
      this.#wasLost = true;
      this.returned = null;
    }
  }
}
