import { describe, expect, it } from "vitest";
import { halfWidth } from "./nudge.svelte";
import { extent, pathThrough, place, type Frame } from "./plot";

const frame: Frame = { width: 100, height: 50, x: [0, 10], y: [-1, 1] };

describe("plot", () => {
  it("puts larger numbers further right and further up", () => {
    expect(place(frame, { x: 0, y: 1 })).toEqual({ x: 0, y: 0 });
    expect(place(frame, { x: 10, y: -1 })).toEqual({ x: 100, y: 50 });
  });

  it("breaks the line where there is no number", () => {
    const ys = [0, Number.NaN, 0, 1];
    expect(
      pathThrough(
        frame,
        ys.map((y, x) => ({ x, y })),
      ),
    ).toBe("M0 25M20 25L30 0");
  });

  it("never has an empty range", () => {
    expect(extent([0, 10], 0.1)).toEqual([-1, 11]);
    for (const numbers of [[], [3, 3], [0], [Number.NaN]]) {
      const [low, high] = extent(numbers);
      expect(high).toBeGreaterThan(low);
    }
  });

  it("shows a nudge and a number of its size", () => {
    expect(halfWidth(0, 0.01)).toBe(1);
    expect(halfWidth(2, 3)).toBe(6);
    expect(halfWidth(-450, 0.1)).toBe(100);
  });
});
