import { describe, expect, it } from "vitest";
import { between, eased } from "./glide";

describe("gliding", () => {
  const from = new Map([
    ["a", { x: 0, y: 0, half: 0 }],
    ["gone", { x: 9, y: 9, half: 0 }],
  ]);
  const to = new Map([
    ["a", { x: 10, y: 20, half: 0 }],
    ["new", { x: 5, y: 5, half: 0 }],
  ]);

  it("moves what stays, drops what goes, and puts what is new at its place", () => {
    const half = between(from, to, 0.5);
    expect(half.get("a")).toEqual({ x: 5, y: 10, half: 0 });
    expect(half.get("new")).toEqual({ x: 5, y: 5, half: 0 });
    expect(half.has("gone")).toBe(false);
    expect(between(from, to, 1).get("a")).toEqual({ x: 10, y: 20, half: 0 });
  });

  it("starts and ends gently", () => {
    expect(eased(0)).toBe(0);
    expect(eased(0.5)).toBeCloseTo(0.5);
    expect(eased(1)).toBe(1);
    expect(eased(0.1)).toBeLessThan(0.1);
  });
});
