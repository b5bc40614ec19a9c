import { expect, test } from "vitest";
import { drawCurve } from "./curve";

const size = { width: 100, height: 60 };

test("the curve falls from left to right, decades apart, as far as it was reached", () => {
  const drawn = drawCurve([1000, 100, 10], 2, 3, size);
  expect(drawn?.past).toBe("M0 0L50 30");
  expect(drawn?.ahead).toBe("M50 30L100 60");
  expect(drawn?.now).toEqual({ x: 50, y: 30 });
  expect(drawn?.ticks).toEqual([
    { y: 60, value: 10 },
    { y: 30, value: 100 },
    { y: 0, value: 1000 },
  ]);
});

test("a loss that is no number any more breaks the curve, and one of 0 has no logarithm", () => {
  expect(drawCurve([10, Infinity, NaN], 3, 3, size)).toMatchObject({ past: "M0 0", now: null });
  expect(drawCurve([4, 0], 2, 2, size)?.ticks.map(({ value }) => value)).toEqual([0, 4]);
  expect(drawCurve([], 0, 3, size)).toBeNull();
});

test("thousands of iterations are drawn in few points, the newest among them", () => {
  const losses = Array.from({ length: 5000 }, (_, i) => 5000 - i);
  const drawn = drawCurve(losses, 5000, 5000, size);
  expect(drawn?.past.split("L").length).toBeLessThan(402);
  expect(drawn?.now).toEqual({ x: 100, y: 60 });
});
