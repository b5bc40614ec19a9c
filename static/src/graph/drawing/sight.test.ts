import { describe, expect, it } from "vitest";
import { indexOf } from "../answer";
import { sumTimes } from "../fixtures";
import { arrange } from "../layout/arrange";
import { boxesOf, linksOf } from "../layout/boxed";
import { drawingOf } from "../layout/drawing";
import { runsOf } from "../layout/geometry";
import { inSight, sightOf } from "./sight";

const drawing = drawingOf(indexOf(sumTimes), new Map());
const runs = runsOf(drawing, arrange(boxesOf(drawing), linksOf(drawing), null));

describe("what is in sight", () => {
  it("holds what is seen and at least half as much on each side", () => {
    for (const x of [0, -130, 77.5]) {
      const { left, width } = sightOf({ scale: 2, x, y: 0 }, 100, 100);
      expect(left).toBeLessThanOrEqual(-x / 2 - 25);
      expect(left + width).toBeGreaterThanOrEqual(-x / 2 + 50 + 25);
    }
  });

  it("stays the same while the view moves a little", () => {
    const at = (x: number) => sightOf({ scale: 1, x, y: 0 }, 100, 100);
    expect(at(-60)).toEqual(at(-90));
    expect(at(-60)).not.toEqual(at(-110));
  });

  it("leaves out what is far away, in large drawings alone", () => {
    const elsewhere = { left: 1e5, top: 1e5, width: 100, height: 100 };
    expect(inSight(runs, elsewhere)).toBe(runs);
    const many = Array.from({ length: 100 }, () => runs).flat();
    expect(inSight(many, elsewhere)).toEqual([]);
    expect(inSight(many, { left: -1e5, top: -1e5, width: 2e5, height: 2e5 })).toHaveLength(many.length);
  });
});
