/** One training on the server: what is wished for, what was accepted, and how to go on after a loss. */
import type { Problem } from "../../shared/problem";
import type { Watch } from "./parts";
import type { ClientMessage, Frame, Ready, ServerMessage, Spec, State, Unit } from "./protocol";

/** What the session needs of its wire. */
export interface Sender {
  readonly open: boolean;
  send: (message: ClientMessage) => boolean;
  watch: (watching: boolean) => void;
  /** There is something to say: a wire that rests is opened. */
  wake: () => void;
}

export interface SessionEvents {
  /** A spec was accepted; `resumed` is the step gone on from when it is the one from before a loss, else null. */
  ready: (ready: Ready, spec: Spec, resumed: number | null) => void;
  frame: (frame: Frame) => void;
  playing: (playing: boolean) => void;
  /** A spec was refused: the one before it goes on. */
  refused: (problem: Problem, spec: Spec) => void;
  /** What was brought along is no state: the training began without it. */
  unread: (problem: Problem) => void;
  /** Anything else that went wrong. */
  failed: (problem: Problem) => void;
}

interface Asked {
  spec: Spec;
  restart: boolean;
  resumed: boolean;
  /** Whether it goes on from a state brought along. */
  brought?: boolean;
}

export class Session {
  #sender: Sender;
  #events: SessionEvents;
  #wish: { spec: Spec; restart: boolean } | null = null;
  /** The configure that has no answer yet: one at a time, so that answers need no names. */
  #asked: Asked | null = null;
  #accepted: Spec | null = null;
  /** A state from elsewhere, to go on from with the next spec. */
  #brought: Uint8Array | null = null;
  /** A step asked for while nobody was there: it is made when somebody is. */
  #late: ClientMessage | null = null;
  /** What to go on from after a loss. */
  #kept: State | null = null;
  /** Who waits for the state of a frame, in the order of the answers. */
  #asking: ((state: State | null) => void)[] = [];
  #playing = false;
  #speed: number | null = null;
  /** Answers still to come to play, pause and step; a status beyond them is the server's own doing. */
  #statuses = 0;
  #refusedInPlay = false;
  /** The step gone back to whose frame has not come: until then, older frames are still arriving. */
  #awaited: number | null = null;
  #watch: Watch | null = null;

  constructor(sender: Sender, events: SessionEvents) {
    this.#sender = sender;
    this.#events = events;
  }

  /** Asks for a changed spec; the newest wish wins. `restart` draws all parameters anew. */
  configure(spec: Spec, restart = false): void {
    this.#wish = { spec, restart: restart || this.#wish?.restart === true };
    this.#ask();
  }

  /** The next spec goes on from a state that comes from elsewhere. */
  bring(state: Uint8Array): void {
    this.#brought = state;
  }

  play(): void {
    this.#setPlaying(true);
    this.#command({ type: "play" });
  }

  pause(): void {
    this.#setPlaying(false);
    this.#command({ type: "pause" });
  }

  step(unit: Unit): void {
    this.#setPlaying(false);
    const step = { type: "step", unit } as const;
    if (!this.#command(step)) this.#late = step;
  }

  /** Back to the very same start, at rest. */
  reset(): void {
    this.pause();
    this.#kept = null;
    // without a wire there is nothing older to arrive: the next session starts from the start
    this.#awaited = this.#sender.send({ type: "rewind", step: 0 }) ? 0 : null;
  }

  /** Back to a step that was reached, at rest; false without a server that remembers it. */
  rewind(step: number): boolean {
    this.pause();
    if (!this.#accepted || !this.#sender.send({ type: "rewind", step })) return false;
    this.#awaited = step;
    return true;
  }

  /** Sets one trained number; false when nobody is there to do it. */
  edit(parameter: string, index: readonly number[], value: number): boolean {
    return this.#accepted !== null && this.#sender.send({ type: "edit", parameter, index, value });
  }

  /** Which optional parts frames carry from now on. */
  watch(watch: Watch): void {
    this.#watch = watch;
    if (this.#accepted || this.#asked) this.#sender.send({ type: "watch", ...watch });
  }

  speed(updatesPerSecond: number | null): void {
    this.#speed = updatesPerSecond;
    // before there is a training there is nothing to hurry: `#configure` says it
    if (this.#accepted || this.#asked) this.#sender.send({ type: "speed", updates_per_second: updatesPerSecond });
  }

  /** The frame of that step is on the screen: the next may come. */
  drawn(step: number): void {
    this.#sender.send({ type: "drawn", step });
  }

  /** The state of the frame of that step, which is shown; without a server the last one known, null without any. */
  state(step: number): Promise<State | null> {
    if (!this.#accepted || !this.#sender.send({ type: "state", step })) return Promise.resolve(this.#kept);
    return new Promise((resolve) => this.#asking.push(resolve));
  }

  /** The wire is closed: nothing asked for will be answered. */
  closed(): void {
    for (const resolve of this.#asking.splice(0)) resolve(this.#kept);
  }

  /** The wire is open, for the first time or again: says everything anew, the last state with it. */
  opened(): void {
    // what had no answer yet is still wished for
    if (this.#asked && !this.#asked.resumed) this.#wish ??= this.#asked;
    this.#asked = null;
    this.#statuses = 0;
    this.#refusedInPlay = false;
    this.#awaited = null;
    if (this.#accepted) this.#configure({ spec: this.#accepted, restart: false, resumed: true }, this.#kept?.state ?? null);
    else this.#ask();
    if (this.#playing && this.#accepted) this.#command({ type: "play" });
    else if (this.#late) this.#command(this.#late);
    this.#late = null;
  }

  receive(message: ServerMessage): void {
    switch (message.type) {
      case "ready":
        return this.#ready(message);
      case "frame":
        return this.#frame(message);
      case "state":
        return this.#take(message);
      case "status":
        return this.#status(message.playing);
      case "problem":
        return this.#problem(message.problem);
    }
  }

  #ask(): void {
    if (this.#asked || !this.#wish) return;
    if (!this.#sender.open) {
      this.#sender.wake();
      return;
    }
    const { spec } = this.#wish;
    // a reset that has not happened yet counts for the new spec too
    const restart = this.#wish.restart || this.#awaited === 0;
    this.#wish = null;
    const brought = this.#brought !== null;
    this.#configure({ spec, restart: restart && !brought, resumed: false, brought }, this.#brought);
    // play may have been pressed before there was anything to play
    if (this.#playing && !this.#accepted) this.#command({ type: "play" });
  }

  #configure(asked: Asked, state: Uint8Array | null): void {
    this.#asked = asked;
    const first = this.#accepted === null || asked.resumed;
    this.#sender.send({ type: "configure", spec: asked.spec, state, restart: asked.restart });
    if (!first) return;
    // a new session knows no speed, and sends no optional parts before it is told to
    if (this.#speed !== null) this.speed(this.#speed);
    if (this.#watch) this.#sender.send({ type: "watch", ...this.#watch });
  }

  #command(message: ClientMessage): boolean {
    // before anything was asked for there is nothing to play: `#ask` says it when there is
    if (!this.#accepted && !this.#asked) return false;
    const sent = this.#sender.send(message);
    if (sent) this.#statuses += 1;
    return sent;
  }

  #setPlaying(playing: boolean): void {
    this.#sender.watch(playing);
    if (this.#playing === playing) return;
    this.#playing = playing;
    this.#events.playing(playing);
  }

  #ready(ready: Ready): void {
    const asked = this.#asked;
    if (!asked) return;
    this.#asked = null;
    this.#awaited = null;
    this.#accepted = asked.spec;
    if (asked.brought) this.#brought = null;
    // the run it belongs to is over
    if (asked.restart || asked.brought) this.#kept = null;
    this.#events.ready(ready, asked.spec, asked.resumed ? (this.#kept?.step ?? 0) : null);
    this.#ask();
  }

  #frame(frame: Frame): void {
    if (this.#awaited !== null && frame.step !== this.#awaited) {
      // nobody will see it, and the one waited for comes only once it is out of the way
      this.drawn(frame.step);
      return;
    }
    this.#awaited = null;
    if (frame.finished) this.#setPlaying(false);
    this.#events.frame(frame);
  }

  #take(state: State): void {
    if (state.asked) this.#asking.shift()?.(state);
    else this.#sender.send({ type: "taken", step: state.step });
    // what was on its way when the run was set elsewhere is of no use any more
    if (this.#awaited === null) this.#kept = state;
  }

  #status(playing: boolean): void {
    if (this.#statuses > 0) {
      this.#statuses -= 1;
      return;
    }
    if (playing || !this.#playing) return;
    // the server stops at a refused spec; the last good one goes on
    if (this.#refusedInPlay) {
      this.#refusedInPlay = false;
      this.#command({ type: "play" });
    } else this.#setPlaying(false);
  }

  #problem(problem: Problem): void {
    if (problem.code === "idle") return;
    this.#awaited = null;
    const asked = this.#asked;
    if (!asked) {
      this.#events.failed(problem);
      return;
    }
    this.#asked = null;
    if (asked.resumed && this.#kept) {
      // a server that cannot read the state any more can still begin again
      this.#kept = null;
      this.#events.failed(problem);
      this.#configure({ ...asked, resumed: false }, null);
      return;
    }
    if (asked.brought && problem.code === "bad_state") {
      this.#brought = null;
      this.#events.unread(problem);
      this.#configure({ ...asked, brought: false }, null);
      return;
    }
    this.#refusedInPlay = this.#playing;
    this.#events.refused(problem, asked.spec);
    this.#ask();
  }
}
