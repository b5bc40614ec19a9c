import { expect, test } from "vitest";
import { tokensOf } from "./tokens";

function told(line: string, target: Parameters<typeof tokensOf>[1]): string[] {
  return tokensOf(line, target)
    .filter(({ kind }) => kind !== "plain")
    .map(({ kind, text }) => `${kind} ${text}`);
}

test("a line of Python", () => {
  expect(told('    return np.exp(x1) * 2.5e-3  # f"12"', "flat")).toEqual([
    "keyword return",
    "number 2.5e-3",
    'comment # f"12"',
  ]);
  expect(told('"""Product of "a" and b # not a comment."""', "modular")).toEqual([
    'string """Product of "a" and b # not a comment."""',
  ]);
  expect(told('print(f"grad_{name} =", x)', "pytorch")).toEqual(['string f"grad_{name} ="']);
});

test("a row of LaTeX", () => {
  expect(told(String.raw`t_{1} &= \frac{a}{b} \\ % 5\%`, "latex")).toEqual([
    "number 1",
    String.raw`keyword \frac`,
    String.raw`keyword \\`,
    String.raw`comment % 5\%`,
  ]);
});

test("a line of DOT", () => {
  expect(told('  n0 -> n12 [label="a -> 1"]', "dot")).toEqual(["keyword ->", 'string "a -> 1"']);
});

test.each(["", "x", " # ", '"open', "π = 3·2 # ✓"])("nothing of %j is lost", (line) => {
  for (const target of ["flat", "latex", "dot"] as const)
    expect(
      tokensOf(line, target)
        .map(({ text }) => text)
        .join(""),
    ).toBe(line);
});
