import { describe, expect, it } from "vitest";
import { nearestRivals, scoresOf } from "./scores";

describe("scores", () => {
  it("are the logarithms of both shares where there are two classes", () => {
    const into = [new Float32Array(1), new Float32Array(1)];
    scoresOf({ size: 1, classes: new Uint8Array([1]), confidence: new Uint8Array([204]) }, 2, into);
    expect(Math.exp(into[1]![0]!)).toBeCloseTo(0.8);
    expect(Math.exp(into[0]![0]!)).toBeCloseTo(0.2);
  });

  it("stay finite where the net is as sure as a byte can say", () => {
    const into = [0, 1, 2].map(() => new Float32Array(4));
    scoresOf(
      { size: 2, classes: new Uint8Array([0, 0, 0, 2]), confidence: new Uint8Array([255, 0, 85, 255]) },
      3,
      into,
    );
    for (const field of into) for (const score of field) expect(Number.isFinite(score)).toBe(true);
    expect(into[0]![0]!).toBeGreaterThan(into[2]![0]!);
  });

  it("give what the leader leaves to the class across the nearest border", () => {
    const classes = new Uint8Array([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 2]);
    const { rivals, distances } = nearestRivals(classes, 4, 3);
    expect([...rivals.slice(0, 4)]).toEqual([1, 1, 0, 0]);
    expect(rivals[8]).toBe(2);
    expect(rivals[15]).toBe(1);
    expect([...distances.slice(0, 4)]).toEqual([2, 1, 1, 2]);
  });

  it("have no border where one class leads everywhere, however unsure", () => {
    const into = [0, 1, 2].map(() => new Float32Array(16));
    // a third of 255, as before the first update
    scoresOf({ size: 4, classes: new Uint8Array(16), confidence: new Uint8Array(16).fill(85) }, 3, into);
    for (let cell = 0; cell < 16; cell += 1)
      for (const other of [1, 2]) expect(into[0]![cell]!).toBeGreaterThan(into[other]![cell]! + 0.005);
  });
});
