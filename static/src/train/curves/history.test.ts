import { describe, expect, it } from "vitest";
import { frame } from "../live/fixtures";
import { COLUMNS, History, rowOf } from "./history";

const steps = (history: History) => [...history.column("step")];

describe("the history", () => {
  it("keeps the numbers of a frame and leaves gaps for what is not finite", () => {
    const losses = { total: Number.NaN, data: Infinity, regularization: 0.5 };
    const row = rowOf(frame(3, { losses: { train: losses, validation: { ...losses, total: 2 } } }));
    expect(row).toMatchObject({
      step: 3,
      trainLoss: null,
      trainData: null,
      regularization: 0.5,
      validationLoss: 2,
    });
    expect(row).toMatchObject({ trainAccuracy: 0.5, validationAccuracy: 0.25 });
  });

  it("stays within its capacity, spread over the whole run, the newest kept", () => {
    const history = new History(64);
    for (let step = 0; step <= 100_000; step += 70) {
      history.push(rowOf(frame(step)));
      expect(history.length).toBeLessThanOrEqual(64);
      expect(steps(history).at(-1)).toBe(step);
    }
    const kept = steps(history).map(Number);
    expect(kept[0]).toBe(0);
    expect(history.length).toBeGreaterThan(24);
    const gaps = kept.slice(1).map((step, index) => step - (kept[index] ?? 0));
    // all but the newest are evenly spread
    expect(Math.max(...gaps)).toBeLessThan(4 * Math.min(...gaps.slice(0, -1)));
    for (const name of COLUMNS) expect(history.column(name)).toHaveLength(history.length);
  });

  it("goes back in time with the training", () => {
    const history = new History(64);
    for (const step of [0, 5, 10, 20]) history.push(rowOf(frame(step)));
    history.push(rowOf(frame(10)));
    expect(steps(history)).toEqual([0, 5, 10]);
    history.push(rowOf(frame(0)));
    expect(steps(history)).toEqual([0]);
    history.push(rowOf(frame(1)));
    expect(steps(history)).toEqual([0, 1]);
  });

  it("knows the step at which a column was least", () => {
    const history = new History();
    for (const step of [0, 5, 10]) history.push(rowOf(frame(step)));
    const total = (value: number) => ({ total: value, data: value, regularization: 0 });
    history.push(rowOf(frame(20, { losses: { train: total(1e9), validation: total(1e9) } })));
    history.push(rowOf(frame(30, { losses: { train: total(Number.NaN), validation: total(1) } })));
    expect(history.least("trainLoss", 0)).toBe(10);
    expect(history.least("trainLoss", 20)).toBe(20);
    expect(history.least("trainLoss", 30)).toBeNull();
  });

  it("is copied into a smaller memory, and says what it was at a step", () => {
    const history = new History(64);
    for (let step = 0; step <= 300; step += 10) history.push(rowOf(frame(step)));
    const copy = history.copy(16);
    history.push(rowOf(frame(0)));
    expect(copy.length).toBeLessThanOrEqual(16);
    expect(steps(copy)[0]).toBe(0);
    expect(steps(copy).at(-1)).toBe(300);
    expect(copy.at(300)?.step).toBe(300);
    expect(copy.at(301)).toBeNull();
    expect(new History().at(0)).toBeNull();
    const whole = new History();
    for (const step of [0, 10, 40]) whole.push(rowOf(frame(step)));
    expect([0, 4, 6, 24, 26].map((step) => whole.at(step)?.step)).toEqual([0, 0, 10, 10, 40]);
    expect(whole.at(10)?.trainLoss).toBe(1 / 11);
  });
});
