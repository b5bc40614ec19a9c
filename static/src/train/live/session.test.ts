import { beforeEach, describe, expect, it } from "vitest";
import type { Problem } from "../../shared/problem";
import { frame, problem, ready, spec, state } from "./fixtures";
import type { ClientMessage, Frame, Spec } from "./protocol";
import { Session } from "./session";

const other: Spec = { ...spec, batch_size: 8 };
const third: Spec = { ...spec, batch_size: 16 };

let open = false;
let woken = 0;
let sent: ClientMessage[] = [];
let frames: Frame[] = [];
let playing: boolean[] = [];
let refused: Problem[] = [];
let failed: Problem[] = [];
let unread: Problem[] = [];
let resumed: (number | null)[] = [];
let session: Session;

beforeEach(() => {
  open = true;
  [sent, frames, playing, refused, failed, resumed, unread] = [[], [], [], [], [], [], []];
  const sender = {
    get open() {
      return open;
    },
    send(message: ClientMessage) {
      if (open) sent.push(message);
      return open;
    },
    watch: () => undefined,
    wake: () => (woken += 1),
  };
  session = new Session(sender, {
    ready: (_message, _spec, again) => resumed.push(again),
    frame: (message) => frames.push(message),
    playing: (now) => playing.push(now),
    refused: (why) => refused.push(why),
    unread: (why) => unread.push(why),
    failed: (why) => failed.push(why),
  });
});

/** What was sent since the last call. */
function taken(): ClientMessage[] {
  return sent.splice(0);
}

function begin(): void {
  session.configure(spec);
  session.receive(ready);
  session.receive(frame(0));
  session.receive(state(0));
  taken();
}

describe("configuring", () => {
  it("asks for one spec at a time and for the newest next", () => {
    session.configure(spec);
    session.configure(other);
    session.configure(third);
    expect(taken()).toEqual([{ type: "configure", spec, state: null, restart: false }]);
    session.receive(ready);
    expect(taken()).toEqual([{ type: "configure", spec: third, state: null, restart: false }]);
  });

  it("keeps the wish to restart until it is said", () => {
    session.configure(spec);
    session.configure(other, true);
    session.configure(third);
    taken();
    session.receive(ready);
    expect(taken()).toEqual([{ type: "configure", spec: third, state: null, restart: true }]);
  });

  it("goes on playing after a refused spec, although the server stops", () => {
    begin();
    session.play();
    session.receive({ type: "status", playing: true, step: 0 });
    session.configure(other);
    taken();
    session.receive({ type: "problem", problem });
    expect(refused).toEqual([problem]);
    session.receive({ type: "status", playing: false, step: 5 });
    expect(taken()).toEqual([{ type: "play" }]);
    expect(playing).toEqual([true]);
  });

  it("plays once there is something to play", () => {
    session.play();
    expect(taken()).toEqual([]);
    session.configure(spec);
    expect(taken().map(({ type }) => type)).toEqual(["configure", "play"]);
  });
});

describe("playing", () => {
  it("follows the server when that stops by itself", () => {
    begin();
    session.play();
    session.receive({ type: "status", playing: true, step: 0 });
    session.receive({ type: "status", playing: false, step: 9 });
    expect(playing).toEqual([true, false]);
  });

  it("stays with the newest command while older answers arrive", () => {
    begin();
    session.play();
    session.pause();
    session.play();
    for (const now of [true, false, true]) session.receive({ type: "status", playing: now, step: 0 });
    expect(playing).toEqual([true, false, true]);
    expect(taken().map(({ type }) => type)).toEqual(["play", "pause", "play"]);
  });

  it("stops where the numbers end, in words", () => {
    begin();
    session.play();
    session.receive(frame(8, { finished: problem }));
    expect(playing).toEqual([true, false]);
    expect(frames.at(-1)?.finished).toEqual(problem);
  });

  it("pauses at a step and says what else went wrong", () => {
    begin();
    session.play();
    session.step("epoch");
    expect(playing).toEqual([true, false]);
    session.receive({ type: "problem", problem });
    expect(failed).toEqual([problem]);
    session.receive({ type: "problem", problem: { ...problem, code: "idle" } });
    expect(failed).toHaveLength(1);
  });

  it("shows nothing older than the start once it was reset", () => {
    begin();
    session.reset();
    expect(taken()).toEqual([{ type: "pause" }, { type: "rewind", step: 0 }]);
    session.receive(frame(40));
    // what nobody sees is out of the way: the server sends the next frame only then
    expect(taken()).toEqual([{ type: "drawn", step: 40 }]);
    session.receive(frame(0));
    session.receive(frame(1));
    expect(frames.map(({ step }) => step)).toEqual([0, 0, 1]);
  });
});

describe("a reset", () => {
  it("holds for a spec that is asked for at the same time", () => {
    begin();
    session.receive(frame(40));
    session.reset();
    session.configure(other);
    expect(taken().at(-1)).toMatchObject({ spec: other, restart: true });
  });

  it("that fails leaves the training as it is", () => {
    begin();
    session.reset();
    session.receive({ type: "problem", problem });
    session.receive(frame(41));
    expect(frames.at(-1)?.step).toBe(41);
  });
});

describe("the state", () => {
  it("is taken, and not from before a reset", () => {
    begin();
    session.receive(state(40));
    expect(taken()).toEqual([{ type: "taken", step: 40 }]);
    session.reset();
    // it was on its way already
    session.receive(state(41));
    session.receive(frame(0));
    session.opened();
    expect(taken().at(-1)).toMatchObject({ type: "configure", state: null });
  });

  it("of the frame shown is told to those who ask, in their order", async () => {
    begin();
    const both = Promise.all([session.state(7), session.state(8)]);
    expect(taken()).toEqual([7, 8].map((step) => ({ type: "state", step })));
    for (const message of [state(6), state(7, true), state(9, true)]) session.receive(message);
    expect((await both).map((found) => found?.step)).toEqual([7, 9]);
    expect(taken()).toEqual([{ type: "taken", step: 6 }]);
  });

  it("is the last one known where nobody is there to tell", async () => {
    begin();
    const asked = session.state(3);
    session.closed();
    open = false;
    expect(await asked).toEqual(state(0));
    expect(await session.state(3)).toEqual(state(0));
  });
});

describe("a lost connection", () => {
  function lose(): void {
    open = false;
  }

  function comeBack(): void {
    open = true;
    taken();
    session.opened();
  }

  it("goes on from the last state, playing, at the same speed", () => {
    begin();
    session.speed(100);
    session.play();
    session.receive(frame(33));
    session.receive(state(33));
    session.receive(frame(40));
    lose();
    comeBack();
    expect(taken()).toEqual([
      { type: "configure", spec, state: state(33).state, restart: false },
      { type: "speed", updates_per_second: 100 },
      { type: "play" },
    ]);
    session.receive(ready);
    expect(resumed).toEqual([null, 33]);
    expect(playing).toEqual([true]);
  });

  it("resumes what was accepted, then asks for what was wished for meanwhile", () => {
    begin();
    lose();
    session.configure(other);
    session.pause();
    comeBack();
    expect(taken()).toMatchObject([{ type: "configure", spec }]);
    session.receive(ready);
    expect(taken()).toMatchObject([{ type: "configure", spec: other, state: null }]);
  });

  it("asks again for what had no answer", () => {
    begin();
    session.configure(other, true);
    lose();
    comeBack();
    session.receive(ready);
    expect(taken()).toMatchObject([
      { type: "configure", spec, restart: false },
      { type: "configure", spec: other, restart: true },
    ]);
  });

  it("starts from the start when it was reset meanwhile", () => {
    begin();
    session.receive(frame(50));
    session.receive(state(50));
    lose();
    session.reset();
    comeBack();
    expect(taken()).toMatchObject([{ type: "configure", spec, state: null }]);
    session.receive(frame(7));
    expect(frames.at(-1)?.step).toBe(7);
  });

  it("begins again when the state cannot be read any more", () => {
    begin();
    lose();
    comeBack();
    taken();
    session.receive({ type: "problem", problem });
    expect(failed).toEqual([problem]);
    expect(taken()).toMatchObject([{ type: "configure", spec, state: null }]);
  });

  it("makes the step asked for while nobody was there", () => {
    begin();
    lose();
    session.step("update");
    comeBack();
    expect(taken().map(({ type }) => type)).toEqual(["configure", "step"]);
  });

  it("sends the first wish when there is nothing to resume", () => {
    open = false;
    woken = 0;
    session.configure(spec);
    expect(woken).toBe(1);
    session.play();
    comeBack();
    expect(taken().map(({ type }) => type)).toEqual(["configure", "play"]);
  });
});

describe("a state brought along", () => {
  const brought = new Uint8Array([1, 2, 3]);

  it("is what the first spec goes on from, and the next one keeps what there is", () => {
    session.bring(brought);
    session.configure(spec);
    expect(taken()).toEqual([{ type: "configure", spec, state: brought, restart: false }]);
    session.receive(ready);
    session.configure(other, true);
    expect(taken()).toEqual([{ type: "configure", spec: other, state: null, restart: true }]);
  });

  it("is brought again where the wire was lost before an answer", () => {
    session.bring(brought);
    session.configure(spec);
    taken();
    session.opened();
    expect(taken()[0]).toEqual({ type: "configure", spec, state: brought, restart: false });
  });

  it("is left out where it is none, and that is said", () => {
    session.bring(brought);
    session.configure(spec);
    taken();
    session.receive({ type: "problem", problem: { ...problem, code: "bad_state" } });
    expect(taken()).toEqual([{ type: "configure", spec, state: null, restart: false }]);
    expect(unread).toHaveLength(1);
    session.receive({ type: "problem", problem });
    expect(refused).toEqual([problem]);
  });

  it("takes the place of a start that was asked for", () => {
    begin();
    session.bring(brought);
    session.configure(spec, true);
    expect(taken()).toEqual([{ type: "configure", spec, state: brought, restart: false }]);
  });
});
