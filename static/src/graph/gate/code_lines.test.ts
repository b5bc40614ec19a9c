import { expect, test } from "vitest";
import { backwardLines } from "./code_lines";

const code = "Y = X @ W\nf = np.sum(Y)\n\n# backward\ngrad_X = grad_Y @ W.T     # (3, 2)\ngrad_W = X.T @ grad_Y";
const lines = ["Y", "f", null, null, "Y", "Y"];

test("a gate's lines going back, and not those going forward", () => {
  expect(backwardLines({ code, lines }, { key: "Y", members: [] })).toEqual([
    "grad_X = grad_Y @ W.T  # (3, 2)",
    "grad_W = X.T @ grad_Y",
  ]);
  expect(backwardLines({ code, lines }, { key: "f", members: [] })).toEqual([]);
});

test("a lumped gate's lines are those of the gates it stands for", () => {
  expect(backwardLines({ code, lines }, { key: "g", members: ["Y"] })).toHaveLength(2);
});
