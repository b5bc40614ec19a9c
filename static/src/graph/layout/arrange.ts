/** From Graphviz's answer, or from none, to places by key: the last word on where everything stands. */
import { wayKey, type Box, type Link } from "./boxes";
import { columnsOf } from "./columns";
import { placeByColumns } from "./fallback";
import { readPlain, type Place, type Plain } from "./places";
import { relax } from "./relax";
import { spread } from "./spread";

/** A place and half the width of its column: wires run level through a column and bend between columns. */
export interface Spot extends Place {
  half: number;
}

/** Places by key: of gates, of wire labels, of junctions, and of the points at which long wires pass. */
export type Places = ReadonlyMap<string, Spot>;

/** `text` is Graphviz's plain output, null when it failed. */
export function arrange(boxes: readonly Box[], links: readonly Link[], text: string | null): Places {
  const plain: Plain =
    text === null ? { places: placeByColumns(boxes, links), routes: new Map() } : readPlain(text, boxes);
  const columns = columnsOf(boxes, links, plain);
  relax(columns);
  spread(columns);
  const places = new Map<string, Spot>();
  for (const [key, { x, y, half }] of columns.boxes) places.set(key, { x, y, half });
  links.forEach(({ wire, side }, position) => {
    bends(columns.ways[position] ?? []).forEach(({ x, y }, i) =>
      places.set(wayKey(wire, side, i), { x, y, half: 0 }),
    );
  });
  return places;
}

/** The points of a way at which it bends: those on a level stretch say nothing. */
function bends(ways: readonly Place[]): Place[] {
  const level = (a: Place, b: Place | undefined) => b !== undefined && Math.abs(a.y - b.y) < 0.5;
  return ways.filter((way, i) => !(level(way, ways[i - 1]) && level(way, ways[i + 1])));
}
