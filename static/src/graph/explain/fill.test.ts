import { describe, expect, it } from "vitest";
import { fill } from "./fill";

const numbers = (values: Record<string, number>) => new Map(Object.entries(values));
const plain = (latex: string) => latex.replace(/\\htmlClass\{value\}/g, "");

describe("numbers in place", () => {
  it("puts parentheses around negative numbers where they are needed, and only there", () => {
    expect(plain(fill("{a} + {b}", numbers({ a: -2, b: -5 })))).toBe("{{-2}} + {({-5})}");
    expect(plain(fill("{a} \\cdot {b}", numbers({ a: 2, b: 3 })))).toBe("{{2}} \\cdot {{3}}");
    expect(plain(fill("\\frac{a}{b}", numbers({ a: -1, b: -2 })))).toBe("\\frac{{-1}}{{-2}}");
    expect(plain(fill("e^{x}", numbers({ x: -1 })))).toBe("e^{{-1}}");
    expect(plain(fill("{a}^{b}", numbers({ a: -3, b: -2 })))).toBe("{({-3})}^{{-2}}");
    expect(plain(fill("-{x}", numbers({ x: -4 })))).toBe("-{({-4})}");
    expect(plain(fill("\\max({a}, {b})", numbers({ a: -4, b: -5 })))).toBe("\\max({{-4}}, {{-5}})");
  });

  it("takes one from an exponent", () => {
    const slope = "{b} \\cdot {a}^{{b} - 1}";
    expect(plain(fill(slope, numbers({ a: -3, b: 2 })))).toBe("{{2}} \\cdot {({-3})}");
    expect(plain(fill(slope, numbers({ a: 2, b: 3 })))).toBe("{{3}} \\cdot {{2}}^{2}");
    expect(plain(fill(slope, numbers({ a: 2, b: 0.5 })))).toMatch(/\^\{\{?-0\.5/);
  });

  it("leaves words without a number alone", () => {
    expect(fill("1 - {out}^2", numbers({}))).toBe("1 - {out}^2");
  });

  it("marks what is not finite", () => {
    expect(fill("{a}", new Map([["a", "NaN" as const]]))).toContain("non-finite");
  });
});
