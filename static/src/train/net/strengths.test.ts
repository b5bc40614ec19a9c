import { expect, it } from "vitest";
import { largestOf, opacityOf, shareOf, stepOf, STEPS, widthOf } from "./strengths";

it("weights are as thick as their square root", () => {
  expect(stepOf(0, "weights", 1)).toBe(0);
  expect(stepOf(Number.NaN, "weights", 1)).toBe(0);
  expect(stepOf(-1, "weights", 1)).toBe(STEPS / 2);
  expect(stepOf(4, "weights", 1)).toBe(STEPS);
  expect(stepOf(-400, "weights", 1)).toBe(STEPS);
});

it("gradients are as thick as their logarithm, beside the largest", () => {
  expect(stepOf(0.02, "gradients", 0.02)).toBe(STEPS);
  expect(shareOf(2e-5, 0.02)).toBeCloseTo(0);
  expect(shareOf(2e-4, 0.02)).toBeCloseTo(1 / 3);
  expect(stepOf(1e-9, "gradients", 0.02)).toBe(0);
  expect(stepOf(1, "gradients", 0)).toBe(0);
});

it("the largest number is finite", () => {
  expect(largestOf([new Float32Array([0.5, -2]), new Float32Array([Number.NaN, Number.POSITIVE_INFINITY])])).toBe(2);
  expect(largestOf([])).toBe(0);
});

it("heavier is thicker and darker", () => {
  for (let step = 1; step <= STEPS; step += 1) {
    expect(widthOf(step)).toBeGreaterThan(widthOf(step - 1));
    expect(opacityOf(step)).toBeGreaterThan(opacityOf(step - 1));
  }
});
