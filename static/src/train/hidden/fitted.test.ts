import { expect, it } from "vitest";
import { fitted } from "./fitted";

it("keeps shapes, centres them and turns y up", () => {
  const square = new Float32Array([0, 0, 2, 0, 2, 2, 0, 2]);
  const place = fitted([square, new Float32Array([Number.NaN, 1])], 300, 120, 10);
  expect(place(square, 0)).toEqual([100, 110]);
  expect(place(square, 2)).toEqual([200, 10]);
  // a single point is in the middle
  const point = new Float32Array([5, 5]);
  expect(fitted([point], 100, 60, 10)(point, 0)).toEqual([50, 30]);
  expect(fitted([], 100, 60, 10)(point, 0).every(Number.isFinite)).toBe(true);
});
