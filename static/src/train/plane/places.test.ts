import { describe, expect, it } from "vitest";
import type { Points } from "../live/points";
import { moved, pointNear, spotAt } from "./places";

const part = (x: number[], y: number[], label: number[]): Points => ({
  x: new Float32Array(x),
  y: new Float32Array(y),
  label: new Uint8Array(label),
  value: new Float32Array(),
});

describe("places of the plane", () => {
  it("has the least y at the bottom, and ends at its edges", () => {
    expect(spotAt(0, 0, 200, [-1.25, 1.25])).toEqual([-1.25, 1.25]);
    expect(spotAt(100, 150, 200, [-1.25, 1.25])).toEqual([0, -0.625]);
    expect(spotAt(300, 300, 200, [-1.25, 1.25])).toEqual([1.25, -1.25]);
  });

  it("finds the nearest point of either part, within reach", () => {
    const points = { train: part([0, 0.5], [0, 0.5], [0, 1]), validation: part([0.52], [0.5], [2]) };
    expect(pointNear(points, [0.51, 0.5], 0.1)).toMatchObject({ part: "validation", index: 0, label: 2 });
    expect(pointNear(points, [0.49, 0.5], 0.1)).toMatchObject({ part: "train", index: 1, label: 1 });
    expect(pointNear(points, [-0.5, -0.5], 0.1)).toBeNull();
  });

  it("moves by arrow keys, finer with Shift, and not out of the plane", () => {
    expect(moved([0, 0], "ArrowUp", false, [-1.25, 1.25])).toEqual([0, 0.05]);
    expect(moved([0, 0], "ArrowLeft", true, [-1.25, 1.25])).toEqual([-0.01, 0]);
    expect(moved([1.24, 0], "ArrowRight", false, [-1.25, 1.25])).toEqual([1.25, 0]);
    expect(moved([0, 0], "Enter", false, [-1.25, 1.25])).toBeNull();
  });
});
