import { describe, expect, it } from "vitest";
import { tokenBefore, tokensOf } from "./tokens";

describe("tokens", () => {
  it("cuts a program as the language does", () => {
    const kinds = tokensOf("a1 = 2.5e-3 * \u03b8**2 # 7").map(({ kind, text }) => [kind, text]);
    expect(kinds).toEqual([
      ["name", "a1"],
      ["symbol", "="],
      ["number", "2.5e-3"],
      ["symbol", "*"],
      ["name", "\u03b8"],
      ["symbol", "**"],
      ["number", "2"],
      ["comment", "# 7"],
    ]);
  });

  it("joins the lines of an open bracket", () => {
    const breaks = (text: string) => tokensOf(text).filter(({ kind }) => kind === "break").length;
    expect(breaks("f = (x\n+ 1)\ng = f; h = g")).toBe(2);
    expect(breaks("f = (x; y")).toBe(1);
  });

  it("finds the word that ends at an offset", () => {
    expect(tokenBefore("f = sig", 7)?.text).toBe("sig");
    expect(tokenBefore("f = sig", 4)).toBeNull();
    expect(tokenBefore("x # sig", 7)?.kind).toBe("comment");
  });
});
