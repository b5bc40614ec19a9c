import { expect, test } from "vitest";
import { bordersOf, nested, termsOf, two } from "./terms";

const parameter = (name: string, shape: number[], values: number[]) => ({
  name,
  shape,
  values: new Float32Array(values),
  gradients: new Float32Array(values.length),
});

test("a formula is its parameters and what stands between them", () => {
  const W1 = parameter("W1", [1, 2], [1, 2]);
  const b1 = parameter("b1", [2], [3, 4]);
  expect(termsOf("(b1 + c) @ W1", [W1, b1])).toEqual([
    { text: "(", parameter: null },
    { text: "b1", parameter: b1 },
    { text: " + ", parameter: null },
    { text: "c", parameter: null },
    { text: ") @ ", parameter: null },
    { text: "W1", parameter: W1 },
  ]);
});

test("numbers take the shape of their parameter", () => {
  expect(nested(parameter("W", [2, 3], [1, 2, 3, 4, 5, 6]))).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(nested(parameter("b", [2], [1, 2]))).toEqual([1, 2]);
});

test("a number keeps two decimals, and no minus sign before nothing", () => {
  expect([1.005, -1.5, -0.001, 0, NaN].map(two)).toEqual(["1.00", "\u22121.50", "0.00", "0.00", "NaN"]);
});

test("the border of two classes is where their scores are alike", () => {
  expect(bordersOf([[1, 3, 1], [2, 0, 2.5]], [0, 1, 0.25], ["x", "y"])).toEqual([
    { between: [0, 1], text: "\u22122\u2009x + 2\u2009y \u2212 1 = 0" },
    { between: [0, 2], text: "0\u2009x \u2212 0.5\u2009y \u2212 0.25 = 0" },
    { between: [1, 2], text: "2\u2009x \u2212 2.5\u2009y + 0.75 = 0" },
  ]);
  expect(bordersOf([[1], [-1]], [0.5], ["r", "theta"])).toEqual([
    { between: [0, 1], text: "1\u2009r \u2212 1\u2009theta + 0.5 = 0" },
  ]);
});
