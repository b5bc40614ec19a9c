/** The layout as columns: boxes, and the points at which long wires pass between them, each with room of its own. */
import type { Box, Link } from "./boxes";
import { heightAt, routeName, type Place, type Plain } from "./places";

/** What stands in a column. `half` is half the width of its column, once that is known. */
export interface Item extends Place {
  width: number;
  height: number;
  half: number;
}

/** Two items that a wire joins: they look best when `to.y + arrive` equals `from.y`. */
export interface Pull {
  from: Item;
  to: Item;
  arrive: number;
  weight: number;
}

export interface Columns {
  columns: Item[][];
  pulls: Pull[];
  /** The item of each box, by its key. */
  boxes: Map<string, Item>;
  /** Points that a link passes, by its position. */
  ways: Item[][];
}

const WAY_HEIGHT = 10;
/** Wires prefer to be straight where nothing hangs on them. */
const WAY_WEIGHT = 3;
/** Branches leave a junction up and down: its neighbours keep away. */
const LEAST_HEIGHT = 20;

export function columnsOf(boxes: readonly Box[], links: readonly Link[], plain: Plain): Columns {
  const items = new Map<string, Item>();
  for (const { key, width, height } of boxes) {
    const place = plain.places.get(key) ?? { x: 0, y: 0 };
    items.set(key, { ...place, width, height: Math.max(height, LEAST_HEIGHT), half: 0 });
  }
  const grid = [...new Set([...items.values()].map((item) => Math.round(item.x)))].sort((a, b) => a - b);
  const columns = new Map<number, Item[]>(grid.map((x) => [x, []]));
  for (const item of items.values()) columns.get(Math.round(item.x))?.push(item);

  const pulls: Pull[] = [];
  const ways = links.map(({ tail, head, arrive }) => {
    const [from, to] = [items.get(tail), items.get(head)];
    if (!from || !to) return [];
    const route = plain.routes.get(routeName(tail, head)) ?? [];
    const between = grid.slice(above(grid, Math.round(from.x)), above(grid, Math.round(to.x) - 1));
    const passed = between.map((x) => {
      const y = heightAt(route, x) ?? straight(from, to, x);
      return { x, y, width: 0, height: WAY_HEIGHT, half: 0 };
    });
    for (const way of passed) columns.get(way.x)?.push(way);
    const stops = [...passed, to];
    const weight = passed.length > 0 ? WAY_WEIGHT : 1;
    stops.forEach((stop, i) => {
      pulls.push({ from: stops[i - 1] ?? from, to: stop, arrive: stop === to ? arrive : 0, weight });
    });
    return passed;
  });
  for (const column of columns.values()) column.sort((a, b) => a.y - b.y);
  return { columns: [...columns.values()], pulls, boxes: items, ways };
}

/** The position of the first number of a sorted list that is above `value`. */
function above(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function straight(tail: Place, head: Place, x: number): number {
  return tail.y + ((head.y - tail.y) * (x - tail.x)) / (head.x - tail.x);
}
