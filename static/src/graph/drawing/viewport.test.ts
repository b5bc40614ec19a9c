import { describe, expect, it } from "vitest";
import { fit, pan, readable, reveal, showsAll, zoomAt } from "./viewport";

describe("the view", () => {
  const bounds = { left: -100, top: 0, width: 1000, height: 100 };

  it("fits the whole drawing in the middle", () => {
    const view = fit(bounds, 540, 300);
    expect(view.scale).toBeCloseTo(0.5);
    expect(view.x + -100 * view.scale).toBeCloseTo(20);
    expect(view.x + 900 * view.scale).toBeCloseTo(520);
    expect(view.y + 50 * view.scale).toBeCloseTo(150);
  });

  it("begins with the left part of what could not be read whole", () => {
    const wide = { left: 0, top: 0, width: 4000, height: 100 };
    expect(readable(wide, 1000, 300)).toEqual({ scale: 0.8, x: 20, y: 110 });
    expect(readable(bounds, 1040, 300)).toEqual(fit(bounds, 1040, 300));
  });

  it("knows whether all of the drawing is seen", () => {
    expect(showsAll(fit(bounds, 540, 300), bounds, 540, 300)).toBe(true);
    expect(showsAll({ scale: 1, x: 0, y: 0 }, bounds, 540, 300)).toBe(false);
  });

  it("moves only as far as a gate needs to be seen", () => {
    const view = { scale: 1, x: 0, y: 0 };
    expect(reveal(view, { x: 500, y: 150 }, 1000, 300)).toBe(view);
    expect(reveal(view, { x: 1500, y: 150 }, 1000, 300)).toEqual({ scale: 1, x: -640, y: 0 });
    expect(reveal(view, { x: -50, y: 150 }, 1000, 300).x).toBe(190);
  });

  it("does not blow up a small drawing", () => {
    expect(fit({ left: 0, top: 0, width: 10, height: 10 }, 1000, 1000).scale).toBeLessThan(2);
  });

  it("zooms about the pointer", () => {
    const before = { scale: 1, x: 30, y: 40 };
    const after = zoomAt(before, 2, 100, 100);
    const under = (view: typeof before) => (100 - view.x) / view.scale;
    expect(under(after)).toBeCloseTo(under(before));
    expect(zoomAt(before, 1e9, 0, 0).scale).toBe(4);
    expect(pan(before, 5, -5)).toEqual({ scale: 1, x: 35, y: 35 });
  });
});
