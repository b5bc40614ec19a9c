import { expect, test } from "vitest";
import { isGradient, rowsOf } from "./cells";

test("blocks are read row by row", () => {
  const bytes = new Uint8Array(new Float32Array([1, -2, 0.5, 4, NaN, -0]).buffer);
  const values = btoa(String.fromCharCode(...bytes));
  expect(rowsOf({ rows: 2, columns: 3, values })).toEqual([
    [1, -2, 0.5],
    [4, NaN, -0],
  ]);
});

test("derivatives are told by their names", () => {
  expect(["dW1", "dscores", "dh"].every(isGradient)).toBe(true);
  expect(["D_in", "x", "d"].some(isGradient)).toBe(false);
});
