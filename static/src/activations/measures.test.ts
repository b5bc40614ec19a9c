import { expect, test } from "vitest";
import { measure } from "./measures";

const x = Array.from({ length: 201 }, (_, i) => (i - 100) / 20);

test("a rectifier: not zero-centred, dead and quiet below 0, nothing lost above", () => {
  const value = x.map((at) => Math.max(0, at));
  const measured = measure({ x, value, local: x.map((at) => (at > 0 ? 1 : 0)) });
  expect(measured.mean).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 3);
  expect(measured).toMatchObject({ saturates: "below 0", dead: true, throughTen: 1 });
});

test("a sigmoid and a hyperbolic tangent: quiet on both sides, one of them centred", () => {
  const sigmoid = x.map((at) => 1 / (1 + Math.exp(-at)));
  const first = measure({ x, value: sigmoid, local: sigmoid.map((s) => s * (1 - s)) });
  expect(first).toMatchObject({ saturates: "on both sides", dead: false, throughTen: 0.25 ** 10 });
  expect(first.mean).toBeCloseTo(0.5, 6);
  const tanh = x.map(Math.tanh);
  expect(measure({ x, value: tanh, local: tanh.map((t) => 1 - t * t) }).mean).toBe(0);
});

test("the identity is neither dead nor quiet", () => {
  expect(measure({ x, value: x, local: x.map(() => 1) })).toMatchObject({ saturates: "no", dead: false });
});
