import { expect, test } from "vitest";
import { gradientsFrom, LECTURE, type Jacobian } from "./jacobian";

const common = { explicit_bytes: 48, product_bytes: 16, density: 1, pattern: "dense" as const };

test("the local gradients of an element are its row, or its column in the transpose", () => {
  const jacobian: Jacobian = { ...common, layout: LECTURE, shape: [2, 3], matrix: [[1, 2, 3], [4, 5, 6]] };
  expect(gradientsFrom(jacobian, 1)).toEqual([4, 5, 6]);
  const matrix = [[1, 4], [2, 5], [3, 6]];
  expect(gradientsFrom({ ...common, layout: "output x input", shape: [3, 2], matrix }, 1)).toEqual([4, 5, 6]);
});

test("a matrix that was not built tells none", () => {
  const missing: Jacobian = { ...common, layout: LECTURE, shape: [2, 3], matrix: null };
  expect(gradientsFrom(missing, 1)).toBeNull();
});
