import { describe, expect, it } from "vitest";
import type { OwnPoints } from "../setup/setup";
import { drawnFrom, faultOf, nearest, partsOf, same, withMoved, without, withPoint } from "./drawn";

const NONE: OwnPoints = { x: [], y: [], label: [], heldOut: [] };
const four: OwnPoints = {
  x: [0.1, 0.2, 0.3, 0.4],
  y: [0, 0, 0, 0],
  label: [0, 1, 0, 1],
  heldOut: [false, false, true, false],
};

describe("drawn points", () => {
  it("comes from the points that stand there and goes back into the same parts", () => {
    const parts = partsOf(four);
    expect([...parts.train.label]).toEqual([0, 1, 1]);
    expect(parts.validation.x[0]).toBeCloseTo(0.3);
    const again = drawnFrom(parts);
    expect(again.x).toEqual([0.1, 0.2, 0.4, 0.3]);
    expect(again.heldOut).toEqual([false, false, false, true]);
    expect(same(partsOf(again), parts)).toBe(true);
    expect(same(partsOf(withMoved(again, 0, [0.5, 0])), parts)).toBe(false);
  });

  it("holds out every fourth point of a class at a share of a quarter, and the others keep their part", () => {
    let points = NONE;
    for (let index = 0; index < 8; index += 1) points = withPoint(points, [0, 0], 1, 0.25);
    expect(points.heldOut).toEqual([false, false, false, true, false, false, false, true]);
    expect(withPoint(four, [0, 0], 1, 0.25).heldOut.slice(0, 4)).toEqual(four.heldOut);
  });

  it("erases what is within reach and finds what is nearest", () => {
    expect(without(four, [0.22, 0], 0.05).x).toEqual([0.1, 0.3, 0.4]);
    expect(without(four, [0.9, 0.9], 0.05)).toBe(four);
    expect(nearest(four, [0.28, 0], 0.05)).toBe(2);
    expect(nearest(four, [0.9, 0], 0.05)).toBeNull();
  });

  it("says what is still missing", () => {
    expect(faultOf(NONE)).toContain("two classes");
    expect(faultOf({ ...four, label: [0, 2, 0, 2] })).toContain("Class 1 needs a point");
    expect(faultOf({ ...four, heldOut: [false, false, false, false] })).toContain("held out");
    expect(faultOf(four)).toBeNull();
  });
});
