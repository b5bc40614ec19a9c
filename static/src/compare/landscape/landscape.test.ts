import { describe, expect, it } from "vitest";
import { choices } from "../../train/setup/fixtures";
import { runnersOf, spacing, usualRacers, usualRate, type Valley } from "./racers";
import { lossAt, powerTick, shades, smallLoss, ticks, walked } from "./tracks";

const path = { updates: [0, 4, 8], points: [[0, 0], [4, 2], [4, 6]] as [number, number][], losses: [3, 2, "Infinity" as const] };

describe("a path in time", () => {
  it("is walked from point to point", () => {
    expect(walked(path, 0)).toEqual([[0, 0], [0, 0]]);
    expect(walked(path, 6)).toEqual([[0, 0], [4, 2], [4, 4]]);
    expect(walked(path, 99)).toEqual(path.points);
    expect([0, 5, 8].map((time) => lossAt(path, time))).toEqual([3, 2, Infinity]);
  });
});

describe("the ground", () => {
  it("is shaded from its lowest point, and what is not finite is highest", () => {
    const [low, middle, high, beyond] = shades([[1, 2], [9, "NaN"]]);
    expect([low, high, beyond]).toEqual([0, 1, 1]);
    expect(middle).toBeGreaterThan(0);
    expect(middle).toBeLessThan(1);
    expect([...shades([[2, 2], [2, 2]])]).toEqual([0, 0, 0, 0]);
  });

  it("says small losses in few letters", () => {
    expect([0.5, 0.00003251, 0].map(smallLoss)).toEqual(["0.5000", "3.3e\u22125", "0.0000"]);
    expect([0.1, 0.00001, 0.00002].map(powerTick)).toEqual(["0.1", "1e\u22125", ""]);
  });

  it("has round numbers at its edges", () => {
    expect(ticks(-1.52, 1.42, 5)).toEqual([-1, 0, 1]);
    expect(ticks(0.12, 0.61, 5)).toEqual([0.2, 0.3, 0.4, 0.5, 0.6]);
  });
});

describe("the racers", () => {
  const valley = { optimizers: [{ label: "SGD", optimizer: { name: "sgd", learning_rate: 1.4 } }, { label: "Adam", optimizer: { name: "adam", learning_rate: 0.1 } }] } as Valley;

  it("go at the landscape's rates, a relative's, or their own", () => {
    expect(usualRacers(valley, choices)).toEqual([{ optimizer: "sgd", rate: 1.4 }, { optimizer: "adam", rate: 0.1 }]);
    expect(usualRate("adagrad", valley, choices)).toBe(0.5);
    expect(usualRate("sgd", null, choices)).toBe(0.5);
    expect(runnersOf([{ optimizer: "sgd", rate: 2 }], choices)).toEqual([{ label: "SGD", optimizer: { name: "sgd", learning_rate: 2 } }]);
  });

  it("leave no more points than the server keeps", () => {
    for (const racers of [1, 4, 7])
      for (const updates of [1, 80, 600, 5000]) {
        const every = spacing(updates, racers);
        expect(racers * (Math.floor(updates / every) + 2)).toBeLessThanOrEqual(1200);
      }
  });
});
