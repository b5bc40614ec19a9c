import { describe, expect, it } from "vitest";
import type { Item } from "./columns";
import { spread } from "./spread";

const item = (y: number, width: number): Item => ({ x: 0, y, width, height: 10, half: 0 });

describe("distances between columns", () => {
  it("give steep wires room to bend and level ones little", () => {
    const [a, b, c, d] = [item(0, 40), item(0, 20), item(60, 20), item(60, 40)];
    const pull = (from: Item, to: Item) => ({ from, to, arrive: 0, weight: 1 });
    spread({
      columns: [[a], [b, c], [d]],
      pulls: [pull(a, b), pull(a, c), pull(c, d)],
      boxes: new Map(),
      ways: [],
    });
    expect(a).toMatchObject({ x: 20, half: 20 });
    // 60 up or down needs 12 + 30; level needs 12.
    expect(b.x - b.half - (a.x + a.half)).toBe(42);
    expect(b.x).toBe(c.x);
    expect(d.x - d.half - (c.x + c.half)).toBe(12);
  });
});
