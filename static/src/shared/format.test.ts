import { describe, expect, it } from "vitest";
import { formatNumber, formatShape, formatTensor, hasNonFinite, latexNumber } from "./format";
import { filled, flatten, shapeOf, toRows } from "./tensor";

describe("numbers", () => {
  it("writes four significant digits and a proper minus sign", () => {
    expect(formatNumber(0.36787944)).toBe("0.3679");
    expect(formatNumber(-0.53444665)).toBe("\u22120.5344");
    expect(formatNumber(1.3678794)).toBe("1.368");
    expect(formatNumber(123.456)).toBe("123.5");
    expect(formatNumber(0.00123456)).toBe("0.001235");
    expect(formatNumber(2.5)).toBe("2.5");
    expect(formatNumber(9.99996)).toBe("10");
  });

  it("keeps whole numbers whole", () => {
    expect(formatNumber(-12)).toBe("\u221212");
    expect(formatNumber(123456)).toBe("123456");
    expect(formatNumber(0)).toBe("0");
    expect(formatNumber(-0)).toBe("0");
  });

  it("writes very small and very large numbers as powers of ten", () => {
    expect(formatNumber(1.5e-9)).toBe("1.5e\u22129");
    expect(formatNumber(-2e12)).toBe("\u22122e12");
    expect(latexNumber(1.5e-9)).toBe("1.5\\cdot 10^{-9}");
  });

  it("says NaN and infinity", () => {
    expect(formatNumber("NaN")).toBe("NaN");
    expect(formatNumber("Infinity")).toBe("\u221e");
    expect(formatNumber("-Infinity")).toBe("\u2212\u221e");
    expect(latexNumber("-Infinity")).toBe("-\\infty");
  });
});

describe("tensors", () => {
  it("writes small ones whole and large ones as their shape", () => {
    expect(formatTensor([1, -2, 3])).toBe("[1, \u22122, 3]");
    expect(
      formatTensor([
        [1, 2],
        [3, 4],
      ]),
    ).toBe("[[1, 2], [3, 4]]");
    expect(formatTensor([1, 2, 3, 4, 5])).toBe("(5,)");
  });

  it("knows shapes and rows", () => {
    expect(shapeOf([[1, 2, 3]])).toEqual([1, 3]);
    expect(formatShape([2, 16])).toBe("(2, 16)");
    expect(
      flatten([
        [1, "NaN"],
        [3, 4],
      ]),
    ).toEqual([1, NaN, 3, 4]);
    expect(filled([2, 3], 1)).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(filled([], 1)).toBe(1);
    expect(toRows([1, 2])).toEqual([[1, 2]]);
    expect(hasNonFinite([1, ["Infinity"]])).toBe(true);
  });
});
