import { describe, expect, it } from "vitest";
import { Smoother } from "./regions";
import { FACTOR } from "./spline";

describe("regions", () => {
  it("have the leader of each cell and a margin that vanishes between two", () => {
    const size = 8;
    const classes = Uint8Array.from({ length: size * size }, (_, cell) => (cell % size < size / 2 ? 0 : 1));
    const boundary = { size, classes, confidence: new Uint8Array(size * size).fill(230) };
    const { fine, leader, margin } = new Smoother().regions(boundary, 2);
    const row = Math.floor(fine / 2) * fine;
    expect(leader[row]).toBe(0);
    expect(leader[row + fine - 1]).toBe(1);
    expect(margin[row]).toBeCloseTo(Math.log(230 / 25), 1);
    expect(margin[row + (size / 2) * FACTOR]).toBeLessThan(1);
  });

  it("follow a program that scores more classes than the data have", () => {
    const boundary = {
      size: 2,
      classes: new Uint8Array([0, 1, 4, 0]),
      confidence: new Uint8Array(4).fill(200),
    };
    const smoother = new Smoother();
    expect(smoother.regions(boundary, 3).classes).toBe(5);
    expect(smoother.regions({ ...boundary, classes: new Uint8Array(4) }, 3).classes).toBe(3);
  });
});
