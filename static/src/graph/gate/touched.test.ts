import { expect, test } from "vitest";
import { listed, placeOf } from "./touched";

test("what is touched is called by its row, its column or its element", () => {
  expect(placeOf([3, 4, 5], [2, 3], "Y")).toBe("row 1 of Y");
  expect(placeOf([1, 4], [2, 3], "Y")).toBe("column 1 of Y");
  expect(placeOf([2], [4], "y")).toBe("y[2]");
  expect(placeOf([0], [], "f")).toBe("f");
  expect(placeOf([0, 1], [2], "y")).toBe("all of y");
  expect(placeOf([0, 4], [2, 3], "Y")).toBe("2 of 6 elements of Y");
  expect(placeOf([], [2, 3], "Y")).toBe("nothing of Y");
});

test("few local gradients are listed, many told by their range", () => {
  expect(listed([4])).toBe("4");
  expect(listed([4, 5, 6])).toBe("[4, 5, 6]");
  expect(listed([3, 1, 2, 5, 4, 7, 6])).toBe("7 numbers from 1 to 7");
});
