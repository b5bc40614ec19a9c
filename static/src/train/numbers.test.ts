import { describe, expect, it } from "vitest";
import { loss, percent, whole } from "./numbers";

describe("numbers", () => {
  it("keep their decimals while they change", () => {
    expect([0, 0.5, 0.97333, 1, null].map(percent)).toEqual([
      "0.0\u2009%",
      "50.0\u2009%",
      "97.3\u2009%",
      "100.0\u2009%",
      "\u2013",
    ]);
    expect([0.1, 1.23456, 12.3456, 120.5, 1e5].map(loss)).toEqual([
      "0.1000",
      "1.2346",
      "12.346",
      "120.50",
      "1.00e5",
    ]);
    expect(whole(12345.6)).toBe("12,346");
  });

  it("say what is not finite", () => {
    expect([Number.NaN, Infinity, -Infinity, null].map(loss)).toEqual([
      "NaN",
      "\u221e",
      "\u2212\u221e",
      "\u2013",
    ]);
  });
});
