import { describe, expect, it } from "vitest";
import { FACTOR, Upsampler, weightsAt } from "./spline";

describe("cubic B-splines", () => {
  it("weigh to 1 and are even", () => {
    for (const t of [0, 0.25, 0.5, 0.9])
      expect(weightsAt(t).reduce((sum, weight) => sum + weight)).toBeCloseTo(1);
    expect(weightsAt(0.5)[0]).toBeCloseTo(weightsAt(0.5)[3]);
  });

  it("keep a constant and a slope as they are, away from the edges", () => {
    const size = 8;
    const upsampler = new Upsampler(size);
    const into = new Float32Array(upsampler.fine ** 2);
    upsampler.run(new Float32Array(size * size).fill(2.5), into);
    for (const value of into) expect(value).toBeCloseTo(2.5);
    upsampler.run(
      Float32Array.from({ length: size * size }, (_, cell) => (cell % size) + 10 * Math.floor(cell / size)),
      into,
    );
    const middle = (size / 2) * FACTOR + 1;
    const place = (middle + 0.5) / FACTOR - 0.5;
    expect(into[middle * upsampler.fine + middle]).toBeCloseTo(11 * place, 4);
  });
});
