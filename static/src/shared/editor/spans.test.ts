import { describe, expect, it } from "vitest";
import { carry, difference, innermost, lineOf, toPoints, toUnits } from "./spans";

describe("spans", () => {
  it("converts code points to UTF-16 units", () => {
    expect(toUnits("ab + c", [5, 6])).toEqual([5, 6]);
    // U+1D465 takes two units.
    expect(toUnits("\u{1d465} + y", [4, 5])).toEqual([5, 6]);
    expect(toUnits("\u{1d465} + y", [0, 1])).toEqual([0, 2]);
  });

  it("clips spans that reach the end of the text", () => {
    expect(toUnits("(x+y", [4, 4])).toEqual([4, 4]);
    expect(toUnits("(x+y", [4, 9])).toEqual([4, 4]);
    expect(toUnits("", [0, 0])).toEqual([0, 0]);
  });

  it("converts back", () => {
    expect(toPoints("\u{1d465} + y", [5, 6])).toEqual([4, 5]);
    expect(toPoints("\u{1d465} + y", [0, 2])).toEqual([0, 1]);
  });

  it("finds the innermost of several, the first of equals", () => {
    const items = [
      { name: "whole", span: [0, 9] as const },
      { name: "part", span: [2, 5] as const },
      { name: "twin", span: [2, 5] as const },
      { name: "none", span: null },
    ];
    expect(innermost(items, [3, 4])?.name).toBe("part");
    expect(innermost(items, [4, 6])?.name).toBe("whole");
    expect(innermost(items, [9, 10])).toBeNull();
  });

  it("finds the one replaced range", () => {
    expect(difference("x = -2", "x = -25")).toEqual({ from: 6, to: 6, insert: "5" });
    expect(difference("aaa", "aa")).toEqual({ from: 2, to: 3, insert: "" });
    expect(difference("same", "same")).toBeNull();
  });

  it("carries a literal's span over a new number in its place", () => {
    const before = "x = -2; y = 5";
    const after = "x = -2.75; y = 5";
    expect(carry([4, 6], before, after)).toEqual([4, 9]);
    expect(carry([12, 13], before, after)).toEqual([15, 16]);
    expect(carry([0, 1], before, after)).toEqual([0, 1]);
  });

  it("keeps a sign typed before a number inside its span", () => {
    expect(carry([4, 5], "x = 2", "x = -2")).toEqual([4, 6]);
  });

  it("names the line of an offset", () => {
    expect(lineOf("a\nb\nc", 0)).toBe(1);
    expect(lineOf("a\nb\nc", 4)).toBe(3);
  });
});
