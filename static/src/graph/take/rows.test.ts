import { expect, test } from "vitest";
import { formulaOf } from "./rows";

test("an aligned row is a formula by itself", () => {
  expect(formulaOf(String.raw`q &= x + y = 3 \\`)).toBe(String.raw`\displaystyle q = x + y = 3 `);
  expect(formulaOf("f &= q")).toBe(String.raw`\displaystyle f = q`);
});

test("what surrounds the rows is none", () => {
  expect(formulaOf(String.raw`\begin{align*}`)).toBeNull();
  expect(formulaOf("% backward")).toBeNull();
});
