import { describe, expect, it } from "vitest";
import { dragged, stepped, unitOf } from "./drag_number";

describe("a number dragged", () => {
  it("moves in steps as fine as the number", () => {
    expect(unitOf(-3)).toBeCloseTo(0.1);
    expect(unitOf(0.002)).toBeCloseTo(0.0001);
    expect(unitOf(0)).toBe(0.1);
  });

  it("moves by one step for four pixels, and ten times finer when asked", () => {
    expect(dragged(2, 40, false)).toBe(3);
    expect(dragged(2, -40, false)).toBe(1);
    expect(dragged(2, 40, true)).toBe(2.1);
    expect(dragged(2, 1, false)).toBe(2);
  });

  it("arrives at zero", () => {
    expect(stepped(0.3, -0.3)).toBe(0);
    expect(stepped(0.1 + 0.2, -0.3)).toBe(0);
    expect(stepped(1e-9, 1e-10)).toBe(1.1e-9);
  });
});
