/** A plain layout of our own, for graphs on which Graphviz fails: columns by longest path, rows in order of appearance. */
import type { Box, Link } from "./boxes";
import type { Place } from "./places";

const COLUMN_GAP = 10;
const ROW_GAP = 8;

/** Centres of the boxes by key. Boxes are visited with a list, so depth costs no stack. */
export function placeByColumns(boxes: readonly Box[], links: readonly Link[]): Map<string, Place> {
  const places = new Map<string, Place>();
  let x = 0;
  for (const column of byDepth(boxes, links)) {
    const width = Math.max(...column.map((box) => box.width));
    const height = column.reduce((sum, box) => sum + box.height + ROW_GAP, -ROW_GAP);
    let y = -height / 2;
    for (const box of column) {
      places.set(box.key, { x: x + width / 2, y: y + box.height / 2 });
      y += box.height + ROW_GAP;
    }
    x += width + COLUMN_GAP;
  }
  return places;
}

function byDepth(boxes: readonly Box[], links: readonly Link[]): Box[][] {
  const before = new Map<string, string[]>(boxes.map(({ key }) => [key, []]));
  for (const { tail, head } of links) before.get(head)?.push(tail);
  const depth = new Map<string, number>();
  const waiting = boxes.map(({ key }) => key);
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (depth.has(key)) continue;
    const tails = before.get(key) ?? [];
    const open = tails.filter((tail) => !depth.has(tail));
    if (open.length > 0) waiting.push(key, ...open);
    else depth.set(key, 1 + Math.max(-1, ...tails.map((tail) => depth.get(tail) ?? -1)));
  }
  const columns: Box[][] = [];
  for (const box of boxes) (columns[depth.get(box.key) ?? 0] ??= []).push(box);
  return columns.filter((column) => column.length > 0);
}
