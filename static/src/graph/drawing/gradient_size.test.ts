import { describe, expect, it } from "vitest";
import { indexOf } from "../answer";
import { square, sumTimes } from "../fixtures";
import { drawingOf } from "../layout/drawing";
import { PLAIN_WIDTH, gradientShares, largest, widthOf } from "./gradient_size";

describe("the size of gradients", () => {
  it("is that of the largest finite element", () => {
    expect(largest(-3)).toBe(3);
    expect(largest([[1, -7], ["NaN", "Infinity"]])).toBe(7);
    expect(largest(["NaN", "-Infinity"])).toBeNull();
    expect(largest(null)).toBeNull();
    const statistics = { min: -9, max: 2, mean: 0, std: 1, norm: 30, nonfinite: 0 };
    expect(largest({ truncated: true, shape: [2000], statistics, preview: [[-9, 2]] })).toBe(9);
  });

  it("is shown by the square root of its share of the largest", () => {
    const index = indexOf(sumTimes);
    const shares = gradientShares(index, drawingOf(index, new Map()));
    // downstream -4, -4, -4 and 3; the output's own gradient is 1
    expect([...shares.values()]).toEqual([1, 1, Math.sqrt(3 / 4), 1, 0.5]);
  });

  it("of a trunk is that of the whole sum", () => {
    const index = indexOf(square);
    const shares = gradientShares(index, drawingOf(index, new Map()));
    expect(shares.get("trunk:k-n0")).toBe(1);
    expect(Math.min(...[...shares.values()].map(Number))).toBeLessThan(1);
  });

  it("makes a wire wider, and zero thinner than unknown", () => {
    expect(widthOf(null)).toBe(PLAIN_WIDTH);
    expect(widthOf(0)).toBeLessThan(PLAIN_WIDTH);
    expect(widthOf(1)).toBeGreaterThan(3 * PLAIN_WIDTH);
  });
});
