import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { frame } from "./fixtures";
import { Painter } from "./painter";

let hidden = false;
let painted: number[] = [];
let kept: number[] = [];
let drawn: number[] = [];

beforeEach(() => {
  hidden = false;
  [painted, kept, drawn] = [[], [], []];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  vi.stubGlobal("requestAnimationFrame", (turn: () => void) => setTimeout(turn, 16));
  vi.stubGlobal("cancelAnimationFrame", (request: number) => clearTimeout(request));
  vi.stubGlobal("document", {
    get hidden() {
      return hidden;
    },
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function painter(gap = 0): Painter {
  return new Painter(
    {
      paint: ({ step }) => painted.push(step),
      keep: ({ step }) => kept.push(step),
      drawn: (step) => drawn.push(step),
    },
    gap,
  );
}

describe("the painter", () => {
  it("paints the newest frame at the next turn and then acknowledges it", () => {
    const subject = painter();
    subject.offer(frame(1));
    subject.offer(frame(2));
    expect(drawn).toEqual([]);
    vi.advanceTimersByTime(17);
    expect([painted, drawn]).toEqual([[2], [2]]);
    vi.advanceTimersByTime(5000);
    expect(painted).toEqual([2]);
  });

  it("acknowledges one frame a second, unpainted, while nobody sees the page", () => {
    vi.stubGlobal("requestAnimationFrame", () => 0);
    hidden = true;
    const subject = painter();
    subject.offer(frame(1));
    vi.advanceTimersByTime(900);
    subject.offer(frame(2));
    expect(drawn).toEqual([]);
    vi.advanceTimersByTime(100);
    expect([painted, kept, drawn]).toEqual([[], [2], [2]]);
    hidden = false;
    subject.seen();
    expect(painted).toEqual([2]);
    subject.seen();
    expect(painted).toEqual([2]);
  });

  it("leaves a gap between paintings for those who asked for less motion", () => {
    const subject = painter(400);
    subject.offer(frame(1));
    vi.advanceTimersByTime(17);
    subject.offer(frame(2));
    vi.advanceTimersByTime(300);
    subject.offer(frame(3));
    expect(painted).toEqual([1]);
    vi.advanceTimersByTime(200);
    expect(painted).toEqual([1, 3]);
  });
});
