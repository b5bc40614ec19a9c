import { expect, test } from "vitest";
import { blocksOf, elementName, flatAt, isWhole, unravel } from "./blocks";

test("a small tensor has a cell for each element", () => {
  const blocks = blocksOf([[1, 2, 3], [4, 5, 6]], [2, 3]);
  expect(blocks.cells).toEqual([[1, 2, 3], [4, 5, 6]]);
  expect(isWhole(blocks)).toBe(true);
  expect(flatAt(blocks, { row: 1, column: 2 })).toBe(5);
});

test("a vector is one row, and a scalar one cell", () => {
  expect(blocksOf([1, 2], [2]).cells).toEqual([[1, 2]]);
  expect(blocksOf("NaN", []).cells).toEqual([[NaN]]);
});

test("a cell of a large tensor begins where the server's block begins", () => {
  const statistics = { min: 0, max: 1, mean: 0, std: 1, norm: 1, nonfinite: 0 };
  const preview = [[1, -2], [3, 4]];
  const blocks = blocksOf({ truncated: true, shape: [40, 50], statistics, preview }, [40, 50]);
  expect(isWhole(blocks)).toBe(false);
  expect(unravel([40, 50], flatAt(blocks, { row: 1, column: 1 }))).toEqual([20, 25]);
});

test("positions are unravelled row by row, and elements named", () => {
  expect(unravel([2, 3, 4], 23)).toEqual([1, 2, 3]);
  expect(unravel([], 0)).toEqual([]);
  expect(elementName("X", [0, 1])).toBe("X[0, 1]");
  expect(elementName("x", [])).toBe("x");
});
