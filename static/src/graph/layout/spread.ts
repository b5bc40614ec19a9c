/** Distances between columns: as much as the steepest wire between two needs to bend, and no more. */
import type { Columns, Item } from "./columns";

const LEAST = 12;
const MOST = 46;
const PER_HEIGHT = 0.5;

/** Sets `x` and `half` of every item; the columns keep their order. */
export function spread({ columns, pulls }: Columns): void {
  const position = new Map<Item, number>();
  columns.forEach((column, i) => column.forEach((item) => position.set(item, i)));
  const gaps = columns.map(() => LEAST);
  for (const { from, to, arrive } of pulls) {
    const before = position.get(from);
    // Every pull joins neighbours: long wires have a point in each column between.
    if (before === undefined) continue;
    const room = LEAST + PER_HEIGHT * Math.abs(to.y + arrive - from.y);
    gaps[before] = Math.min(MOST, Math.max(gaps[before] ?? LEAST, room));
  }
  let x = 0;
  columns.forEach((column, i) => {
    const half = Math.max(...column.map((item) => item.width)) / 2;
    x += half;
    for (const item of column) Object.assign(item, { x, half });
    x += half + (gaps[i] ?? LEAST);
  });
}
