import { describe, expect, it } from "vitest";
import { curveOf, distance, inOneLane, layOut, MOST, NARROWEST, type Labels, type Layout, type Tile } from "./geometry";

/** Features with labels before, scores with labels after their tiles. */
function labelled(units: readonly number[]): { units: number; labels: Labels }[] {
  return units.map((many, index) => ({
    units: many,
    labels: index === 0 ? "before" : index === units.length - 1 ? "after" : null,
  }));
}

function overlaps({ tiles }: Layout): [Tile, Tile][] {
  const all = tiles.flat();
  return all.flatMap((a, index) =>
    all
      .slice(index + 1)
      .filter(
        (b) => a.x < b.x + b.size && b.x < a.x + a.size && a.y < b.y + b.size && b.y < a.y + a.size,
      )
      .map((b): [Tile, Tile] => [a, b]),
  );
}

describe("the layout of units", () => {
  it.each([
    [[2, 16, 16, 3], 620, 240],
    [[2, 1, 3], 340, 200],
    [[2, 8, 8, 8, 8, 8, 8, 3], 620, 240],
    [[64, 100, 256, 10], 370, 180],
    [[7, 5, 9, 2], 900, 500],
  ])("of %j in %d x %d keeps tiles apart, inside and readable", (units, width, height) => {
    const layout = layOut(labelled(units), width, height);
    expect(overlaps(layout)).toEqual([]);
    for (const tile of layout.tiles.flat()) {
      expect(tile.size).toBeGreaterThanOrEqual(11);
      expect(tile.x).toBeGreaterThanOrEqual(layout.columnWidth * tile.column);
      expect(tile.x + tile.size).toBeLessThanOrEqual(layout.columnWidth * (tile.column + 1));
      expect(tile.y).toBeGreaterThanOrEqual(0);
      expect(tile.y + tile.size).toBeLessThanOrEqual(height);
    }
  });

  it("leaves room for labels, or has none", () => {
    const { tiles, columnWidth } = layOut(labelled([2, 8, 8, 8, 8, 8, 8, 10]), 620, 250);
    expect(tiles[0]![0]!.x).toBeGreaterThan(40);
    expect(columnWidth * 8 - tiles[7]![0]!.x - tiles[7]![0]!.size).toBeGreaterThan(40);
    // a score of six characters
    const scored = layOut(labelled([2, 8, 8, 8, 8, 8, 8, 3]), 622, 280);
    expect(scored.columnWidth * 8 - scored.tiles[7]![0]!.x - scored.tiles[7]![0]!.size).toBeGreaterThan(46);
    expect(inOneLane(layOut(labelled([64, 3]), 620, 250).tiles[0]!)).toBe(false);
  });

  it("counts what it does not draw", () => {
    const { tiles, more } = layOut(labelled([2, 100, 3]), 600, 240);
    expect(tiles.map(({ length }) => length)).toEqual([2, MOST, 3]);
    expect(more).toEqual([0, 84, 0]);
  });

  it("becomes wider than its place before columns become too narrow", () => {
    expect(layOut(labelled([2, 4, 4, 4, 4, 3]), 300, 200).width).toBe(6 * NARROWEST);
    expect(layOut(labelled([2, 4, 3]), 600, 200).width).toBe(600);
  });
});

describe("a link", () => {
  const curve = curveOf(
    { column: 0, unit: 0, x: 0, y: 0, size: 20 },
    { column: 1, unit: 0, x: 120, y: 100, size: 20 },
  );

  it("runs from one side to the other", () => {
    expect(curve).toEqual({ x0: 20, y0: 10, x1: 120, y1: 110 });
    expect(distance(curve, 20, 10)).toBeLessThan(0.1);
    expect(distance(curve, 70, 60)).toBeLessThan(0.1);
    expect(distance(curve, 120, 110)).toBeLessThan(0.1);
  });

  it("is as far as it looks", () => {
    // in the middle it rises twice as steeply as its ends lie apart
    expect(distance(curve, 70, 70)).toBeCloseTo(10 / Math.hypot(1, 2), 1);
    expect(distance(curve, 10, 10)).toBe(Number.POSITIVE_INFINITY);
  });
});
