import { describe, expect, it } from "vitest";
import { decades, Inside, line } from "./inside";

const seen = (step: number, ...norms: number[]) => ({
  step,
  parameters: norms.map((gradientNorm, index) => ({ name: `W${index + 1}`, norm: 1, gradientNorm, updateRatio: null })),
});

describe("what was seen of the gradients", () => {
  it("holds no more rows than fit, over the whole run", () => {
    const inside = new Inside(8);
    for (let step = 0; step < 200; step += 1) inside.push(seen(step, 1));
    expect(inside.rows.length).toBeLessThanOrEqual(8);
    expect(inside.rows[0]?.step).toBe(0);
    expect(inside.rows.at(-1)?.step).toBe(199);
  });

  it("goes back in time with the run", () => {
    const inside = new Inside();
    for (const step of [0, 10, 20, 5]) inside.push(seen(step, 1));
    expect(inside.rows.map(({ step }) => step)).toEqual([0, 5]);
  });

  it("is drawn on a logarithmic scale that holds it all", () => {
    const inside = new Inside();
    inside.push(seen(0, 2, 0.003));
    inside.push(seen(10, 0.5, 0));
    expect(decades(inside.rows)).toEqual([-3, 1]);
    expect(decades([])).toEqual([-1, 0]);
    expect(line(inside.rows, "W1", [-1, 1], 100, 10)).toMatch(/^M0.0 3.\dL100.0 6.\d$/);
    // where it is 0 there is nothing to draw
    expect(line(inside.rows, "W2", [-3, 1], 100, 10)).toMatch(/^M0.0 [\d.]+$/);
  });
});
