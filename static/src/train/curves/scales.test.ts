import { expect, it } from "vitest";
import { logRange, logTick, lossRange, shareRange } from "./scales";

it("holds all there is", () => {
  expect(lossRange(0.5, 2)).toEqual([0, 2.1]);
  expect(shareRange(0.47)).toEqual([0.4, 1.005]);
  for (const [low, high] of [[0.5, 0.6], [0.001, 40], [0.2, 0.2]] as const) {
    const [from, to] = logRange(low, high);
    expect(from).toBeLessThan(low);
    expect(to).toBeGreaterThan(high);
    expect(to / from).toBeGreaterThan(10);
  }
  // where there is nothing positive there is still a scale
  expect(logRange(0, 0)[0]).toBeGreaterThan(0);
});

it("names 1, 2 and 5 of every decade", () => {
  const ticks = [0.01, 0.0168, 0.02, 0.03, 0.05, 0.09, 1, 2, 4, 5, 1000];
  expect(ticks.map(logTick).filter(Boolean)).toEqual(["0.01", "0.02", "0.05", "1", "2", "5", "1000"]);
});
