import { describe, expect, it } from "vitest";
import { IDLE, isLost, LONGEST_WAIT, next, START, waitAfter, type Link } from "./reconnect";

const lost = { kind: "closed", code: 1006 } as const;

describe("the link", () => {
  it("is open once the server has said something", () => {
    const link = next(START, { kind: "heard" }, 0);
    expect(link).toEqual({ kind: "open" });
    expect(next(link, { kind: "heard" }, 0)).toBe(link);
    expect(isLost(START)).toBe(false);
  });

  it("waits twice as long after each failure, up to a limit", () => {
    let link: Link = { kind: "open" };
    const waits: number[] = [];
    for (let failure = 0; failure < 7; failure += 1) {
      link = next(link, lost, 1);
      expect(isLost(link)).toBe(true);
      if (link.kind === "waiting") waits.push(link.wait);
      link = next(link, { kind: "retry" }, 0);
      expect(link.kind).toBe("connecting");
      expect(isLost(link)).toBe(true);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it("begins with short waits again after the server has answered", () => {
    let link = next(
      next({ kind: "waiting", failures: 9, wait: 8000 }, { kind: "retry" }, 0),
      { kind: "heard" },
      0,
    );
    link = next(link, lost, 1);
    expect(link).toEqual({ kind: "waiting", failures: 1, wait: 500 });
  });

  it("counts a socket that opens and closes without a word as a failure", () => {
    let link = next({ kind: "connecting", failures: 3 }, lost, 1);
    expect(link).toMatchObject({ failures: 4, wait: 4000 });
    link = next(link, { kind: "heard" }, 0);
    expect(link.kind).toBe("waiting");
  });

  it("rests when the server closed an idle session, and is not lost", () => {
    const link = next({ kind: "open" }, { kind: "closed", code: IDLE }, 0);
    expect(link).toEqual({ kind: "resting" });
    expect(isLost(link)).toBe(false);
    expect(next(link, { kind: "retry" }, 0)).toEqual(START);
  });

  it("spreads the tries of many pages, never beyond the limit", () => {
    expect(waitAfter(0, 0)).toBe(375);
    expect(waitAfter(2, 0.5)).toBe(1750);
    expect(waitAfter(100, 1)).toBe(LONGEST_WAIT);
  });
});
