/** Where wires run: from the right of a source, flat through the middle of their label, to a port of the target. */
import type { Places } from "./arrange";
import { labelKey, wayKey } from "./boxes";
import { JUNCTION_RADIUS, type Drawing, type Wire } from "./drawing";
import { GATE_RADIUS, type GateBox } from "./gates";
import type { Place } from "./places";
import { portOffset } from "./ports";
import type { Size } from "./sizes";

export const ARROW = 7;

/** The point on a gate's left side where an argument arrives. A wide gate is a capsule with round ends. */
export function port(gate: GateBox, centre: Place, argument: number): Place {
  const offset = portOffset(gate.ports, argument, GATE_RADIUS);
  return { x: centre.x - gate.width / 2 + GATE_RADIUS + offset.x, y: centre.y + offset.y };
}

/** A point on a wire, and how far before and after it the wire runs level. */
export interface Stop extends Place {
  before: number;
  after: number;
}

/** A smooth path through `stops`: level where it runs flat and at its ends, and never beyond the stops it joins. */
export function wirePath(stops: readonly Stop[]): string {
  const [first, ...rest] = stops;
  if (!first) return "";
  let path = `M${point(first)}`;
  if (first.after > 0) path += `H${round(first.x + first.after)}`;
  rest.forEach((stop, i) => {
    const last = stops[i] as Stop;
    const from = { x: last.x + last.after, y: last.y };
    const to = { x: stop.x - stop.before, y: stop.y };
    path += bend(from, slope(stops[i - 1], last, stop), to, slope(last, stop, rest[i + 1]));
    if (stop.before + stop.after > 0) path += `H${round(stop.x + stop.after)}`;
  });
  return path;
}

/** The slope at a point between two others: none at a turn or where the wire runs level, else the gentler one's. */
function slope(before: Stop | undefined, at: Stop, after: Stop | undefined): number {
  if (!before || !after || at.before + at.after > 0) return 0;
  const left = (at.y - before.y) / (at.x - before.x - before.after);
  const right = (after.y - at.y) / (after.x - after.before - at.x);
  return left * right <= 0 ? 0 : (2 * left * right) / (left + right);
}

function bend(from: Place, leave: number, to: Place, arrive: number): string {
  if (Math.abs(from.y - to.y) < 0.5) return `L${point(to)}`;
  const reach = Math.max(4, (to.x - from.x) * 0.5);
  const out = { x: from.x + reach, y: from.y + reach * leave };
  const back = { x: to.x - reach, y: to.y - reach * arrive };
  return `C${point(out)} ${point(back)} ${point(to)}`;
}

function point({ x, y }: Place): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export interface Run {
  wire: Wire;
  /** The middle of its numbers, null when it has none. */
  label: Place | null;
  path: string;
  /** Where the arrow points, null for a wire that ends in a junction. */
  tip: Place | null;
  bounds: Bounds;
}

/** How each wire of a drawing runs when its boxes are at `places`; wires whose boxes have no place yet are left out. */
export function runsOf(drawing: Drawing, places: Places): Run[] {
  const gates = new Map(drawing.gates.map((gate) => [gate.key, gate]));
  return drawing.wires.flatMap((wire) => {
    const [start, label] = [places.get(wire.from), places.get(labelKey(wire.key))];
    if (!start || (wire.size && !label)) return [];
    const reach = (gates.get(wire.from)?.width ?? 0) / 2;
    const stops = [
      { x: start.x + reach, y: start.y, before: 0, after: Math.max(0, start.half - reach) },
      ...ways(wire, "before", places),
      ...(label ? [{ x: label.x, y: label.y, before: label.half, after: label.half }] : []),
      ...ways(wire, "after", places),
    ];
    const end = endOf(wire, gates, places);
    const tip = end && gates.has(wire.to ?? "") ? { x: end.x, y: end.y } : null;
    if (end)
      stops.push(tip ? { ...end, x: end.x - ARROW / 2, before: Math.max(0, end.before - ARROW / 2) } : end);
    // What ends in the open points on, a little beyond its numbers.
    const open = !end && label ? { x: label.x + label.half + ARROW, y: label.y } : null;
    const bounds = around(stops, wire.size ?? { width: 0, height: 0 });
    return [{ wire, label: label ?? null, path: wirePath(stops), tip: tip ?? open, bounds }];
  });
}

/** The rectangle that holds a box of this size at each of the places. */
function around(places: readonly Place[], { width, height }: Size): Bounds {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs) - width / 2, Math.min(...ys) - height / 2];
  return {
    left,
    top,
    width: Math.max(...xs) + width / 2 - left,
    height: Math.max(...ys) + height / 2 - top,
  };
}

function ways(wire: Wire, side: "before" | "after", places: Places): Stop[] {
  const stops: Stop[] = [];
  for (;;) {
    const way = places.get(wayKey(wire.key, side, stops.length));
    if (!way) return stops;
    stops.push({ x: way.x, y: way.y, before: 0, after: 0 });
  }
}

/** The port of a gate or the middle of a junction, with the level stretch that leads to it; null in the open. */
function endOf(wire: Wire, gates: ReadonlyMap<string, GateBox>, places: Places): Stop | null {
  const centre = places.get(wire.to ?? "");
  if (!centre) return null;
  const gate = gates.get(wire.to ?? "");
  const at = gate ? port(gate, centre, wire.argument) : { x: centre.x - JUNCTION_RADIUS / 2, y: centre.y };
  return { ...at, before: Math.max(0, at.x - (centre.x - centre.half)), after: 0 };
}

export interface Bounds {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The rectangle that holds every box of the drawing. */
export function boundsOf(drawing: Drawing, places: Places): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (place: Place | undefined, width: number, height: number) => {
    if (!place) return;
    left = Math.min(left, place.x - width / 2);
    right = Math.max(right, place.x + width / 2);
    top = Math.min(top, place.y - height / 2);
    bottom = Math.max(bottom, place.y + height / 2);
  };
  for (const gate of drawing.gates) take(places.get(gate.key), gate.room.width, gate.room.height);
  for (const { key, size } of drawing.wires)
    if (size) take(places.get(labelKey(key)), size.width, size.height);
  if (left > right) return { left: 0, top: 0, width: 1, height: 1 };
  return { left, top, width: right - left + ARROW, height: bottom - top };
}
