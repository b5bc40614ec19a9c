import { describe, expect, it } from "vitest";
import {
  isLiteral,
  mentioned,
  readNumber,
  readTensor,
  replaceAt,
  sliderRange,
  brief,
  tidy,
  writeLiteral,
} from "./literals";

describe("literals", () => {
  it("reads what people type", () => {
    expect(readNumber(" -2.5 ")).toBe(-2.5);
    expect(readNumber("\u22122")).toBe(-2);
    expect(readNumber("1e-3")).toBe(0.001);
    expect(readNumber(".5")).toBe(0.5);
    expect(readNumber("2,5")).toBe(2.5);
  });

  it("refuses what is not a finite number", () => {
    for (const text of ["", "-", "x", "1e400", "NaN", "1 2", "0x10"]) expect(readNumber(text)).toBeNull();
  });

  it("reads lists that are rectangular", () => {
    expect(readTensor("[1, -2]")).toEqual([1, -2]);
    expect(readTensor("[[1, 2], [3, 4]]")).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(readTensor("3")).toBe(3);
    for (const text of ["[]", "[1, [2]]", "[[1, 2], [3]]", '["a"]', "{}", "[1", "null"])
      expect(readTensor(text)).toBeNull();
  });

  it("writes and changes tensors", () => {
    const matrix = [
      [1, 2],
      [3, 4],
    ];
    expect(writeLiteral(replaceAt(matrix, [1, 0], -7))).toBe("[[1, 2], [-7, 4]]");
    expect(writeLiteral(replaceAt(3, [], 5))).toBe("5");
    expect(matrix[1]).toEqual([3, 4]);
  });

  it("knows a literal from an expression", () => {
    for (const text of ["-2", "1.5e-3", "[[1, -2], [3, 4]]"]) expect(isLiteral(text)).toBe(true);
    for (const text of ["", "x", "[]", "2*x", "-"]) expect(isLiteral(text)).toBe(false);
  });

  it("sends only inputs that the program mentions", () => {
    expect(mentioned({ x: 1, x1: 2, y: 3 }, "f = x * \u03b1 # z")).toEqual({ x: 1 });
  });

  it("gives sliders round ranges", () => {
    expect(sliderRange(0)).toEqual({ low: -5, high: 5, step: 0.05 });
    expect(sliderRange(-4)).toEqual({ low: -10, high: 10, step: 0.1 });
    expect(sliderRange(40)).toEqual({ low: -100, high: 100, step: 1 });
    const { low, high, step } = sliderRange(-1e308);
    expect([high - low, step].every(Number.isFinite)).toBe(true);
    expect(tidy(0.1 + 0.2)).toBe(0.3);
    const shown = [1.5, 22.222222, -0.333333333, 0.000123, -0.00001234567, 1234567.25].map((x) => brief(x, 4));
    expect(shown).toEqual(["1.5", "22.22", "-0.3333", "1.23e-4", "-1.235e-5", "1235000"]);
  });
});
