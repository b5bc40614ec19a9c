import { describe, expect, it } from "vitest";
import { problem } from "../live/fixtures";
import { check, nudgeDecade } from "../../shared/rule";
import { fieldOf, ruleOf, trainingPoints, type Field } from "./rules";

const sizes = { samples: 600, classes: 3, balance: [], validationShare: 0.25, own: null };
const rule = (field: Field) => ruleOf(field, sizes);
const points = (samples: number, classes: number, balance: number[] = []) =>
  trainingPoints({ ...sizes, samples, classes, balance });

describe("a number in a box", () => {
  it("is read as people write it", () => {
    expect(check(" 0.05 ", rule("rate"))).toEqual({ value: 0.05 });
    expect(check("1e-3", rule("rate"))).toEqual({ value: 0.001 });
    expect(check(".5", rule("noise"))).toEqual({ value: 0.5 });
    expect(check("64", rule("batch"))).toEqual({ value: 64 });
  });

  it.each([
    ["", "empty"],
    ["fast", "'fast' is no number"],
    ["1,5", "'1,5' is no number"],
    ["0x10", "no number"],
    ["Infinity", "no number"],
    ["1e999", "no number"],
    ["-1", "too small: at least 0"],
    ["\u22121", "too small"],
    ["101", "too large: at most 100"],
  ])("is refused in words: %s", (text, words) => {
    expect(check(text, rule("rate"))).toHaveProperty("error", expect.stringContaining(words));
  });

  it("is refused when it ought to be whole", () => {
    expect(check("1.5", rule("batch"))).toHaveProperty("error", "1.5 is not a whole number");
    expect(check("900", rule("width1"))).toHaveProperty("error", "900 is too large: at most 256");
    expect(check("1", rule("beta1"))).toHaveProperty("error", "1 is too large: at most 0.999999");
    expect(check("0", rule("clipLimit"))).toHaveProperty("error", "0 is too small: at least 0.000001");
  });

  it("has a batch no larger than the points trained on", () => {
    // as the engine splits them: a quarter of each class, rounded to even
    expect(points(600, 3)).toBe(450);
    expect(points(400, 2)).toBe(300);
    expect(points(14, 2)).toBe(10);
    expect(points(20, 2)).toBe(16);
    expect(points(100, 2, [3, 1])).toBe(75);
    expect(rule("batch").highest).toBe(450);
  });
});

describe("a problem of the server", () => {
  it("is said at the box it is about", () => {
    expect(fieldOf({ ...problem, parameters: { what: "learning_rate" } }, sizes)).toBe("rate");
    expect(fieldOf({ ...problem, limit: "samples" }, sizes)).toBe("samples");
    expect(fieldOf({ ...problem, parameters: { what: "the width of hidden layer 3" } }, sizes)).toBe("width3");
    expect(fieldOf(problem, sizes)).toBeNull();
    const few = { ...problem, code: "too_few_points" };
    expect(fieldOf(few, sizes)).toBe("samples");
    expect(fieldOf(few, { ...sizes, balance: [50, 1] })).toBe("balance");
    expect(fieldOf(few, { ...sizes, own: { x: [0], y: [0], label: [0], heldOut: [] } })).toBeNull();
  });
});

describe("up and down", () => {
  it("go along 1, 2, 5, 10", () => {
    expect([0.02, 0.05, 0.1, 0.03].map((rate) => nudgeDecade(rate, true))).toEqual([0.05, 0.1, 0.2, 0.05]);
    expect([0.02, 0.01, 0.005, 0.03].map((rate) => nudgeDecade(rate, false))).toEqual([
      0.01, 0.005, 0.002, 0.02,
    ]);
    expect(nudgeDecade(0, true)).toBeGreaterThan(0);
    expect(nudgeDecade(0, false)).toBe(0);
  });
});
