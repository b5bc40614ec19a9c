import { describe, expect, it } from "vitest";
import { isWhole, literalAt, literalsOf, moved, stepOf } from "./numbers";

const texts = (source: string) => literalsOf(source).map(({ text }) => text);
const functions = new Map(
  ["he(rows, columns)", "sum(x, axis=None, keepdims=False)", "clip(x, low, high)"].map((signature) => {
    const name = signature.slice(0, signature.indexOf("("));
    return [name, { name, signature, doc: "", kind: "op" as const }];
  }),
);

describe("numbers", () => {
  it("are found with their signs", () => {
    expect(texts("x = -2; y = [1, -.5e-3, \u22124]")).toEqual(["-2", "1", "-.5e-3", "\u22124"]);
    expect(texts("f = x - 2 + x -3 + (-1)*-7")).toEqual(["2", "3", "-1", "-7"]);
    expect(texts("f = -x1 # 5")).toEqual([]);
    expect(texts("f = a[0] - 1")).toEqual(["0", "1"]);
  });

  it("leave the sign of a power to the power", () => {
    expect(literalsOf("-2**3")).toMatchObject([
      { text: "2", base: true },
      { text: "3", base: false },
    ]);
  });

  it("are found from inside and from both ends", () => {
    for (const offset of [4, 5, 6]) expect(literalAt("x = -2", offset)?.span).toEqual([4, 6]);
    expect(literalAt("x = -2", 3)).toBeNull();
  });

  it.each([
    ["2", 0.1],
    ["-2", 0.1],
    ["0", 0.1],
    ["0.001", 0.0001],
    ["2.25", 0.01],
    ["64", 1],
    ["150", 1],
    ["1e-3", 0.0001],
    ["2e6", 1e5],
    ["1_000", 1],
  ])("move in steps that suit them: %s by %d", (text, step) => {
    expect(stepOf(text)).toBeCloseTo(step, 12);
  });

  it("stay free of noise on their way", () => {
    const [literal] = literalsOf("x = 2");
    if (!literal) throw new Error("no literal");
    expect(moved(literal, 1, 0.1)).toBe("2.1");
    expect(moved(literal, 0, 0.1)).toBe("2");
    expect(moved(literal, -20, 0.1)).toBe("0");
    expect(moved(literal, -23, 0.1)).toBe("-0.3");
    expect(moved(literal, 0.1, 0.1)).toBe("2.01");
    expect(moved({ ...literal, text: "-0.3" }, 3, 0.1)).toBe("0");
    expect(moved({ ...literal, text: "\u22124" }, 1, 0.1)).toBe("-3.9");
    expect(moved({ ...literal, text: "1e308" }, 100, 1e307)).toBeNull();
  });

  it("stand in parentheses as negative bases of a power", () => {
    const [literal] = literalsOf("f = 2**x");
    expect(literal && moved(literal, -30, 0.1)).toBe("(-1)");
  });

  it("are whole where they count", () => {
    const whole = (text: string) => isWhole(text.replace("|", ""), text.indexOf("|"), functions);
    expect(whole("W = he(|2, 16)")).toBe(true);
    expect(whole("W = he(2, |16)")).toBe(true);
    expect(whole("f = sum(x, axis=|0)")).toBe(true);
    expect(whole("f = x.sum(|0)")).toBe(true);
    expect(whole("f = x[|0]")).toBe(true);
    expect(whole("x = [|0]")).toBe(false);
    expect(whole("f = clip(x, |0, 1)")).toBe(false);
  });
});
