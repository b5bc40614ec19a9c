/** Places of boxes and routes of links, read from Graphviz's plain output. */
import type { Box } from "./boxes";
import { boxName, PIXELS_PER_INCH } from "./dot";

export interface Place {
  x: number;
  y: number;
}

export interface Plain {
  /** Centres by key, in pixels with y downwards. */
  places: Map<string, Place>;
  /** Control points of the Bezier curves of a link, by its `routeName`. */
  routes: Map<string, Place[]>;
}

/** Keys may hold any character but a line break. */
export const routeName = (tail: string, head: string) => `${tail}\n${head}`;

/** Throws when the text is not a plain layout. */
export function readPlain(text: string, boxes: readonly Box[]): Plain {
  const keys = new Map(boxes.map(({ key }, position) => [boxName(position), key]));
  const key = (name = "") => keys.get(name) ?? name;
  const places = new Map<string, Place>();
  const routes = new Map<string, Place[]>();
  let height: number | null = null;
  const place = (x: string | undefined, y: string | undefined): Place => ({
    x: Number(x) * PIXELS_PER_INCH,
    y: ((height ?? 0) - Number(y)) * PIXELS_PER_INCH,
  });
  // Graphviz breaks long lines with a backslash.
  for (const line of text.replace(/\\\n/g, "").split("\n")) {
    const [word, ...rest] = line.split(" ");
    if (word === "graph") height = Number(rest[2]);
    else if (word === "node") places.set(key(rest[0]), place(rest[1], rest[2]));
    else if (word === "edge") {
      const [tail, head, many = "0", ...points] = rest;
      const route = Array.from({ length: Number(many) }, (_, i) => place(points[2 * i], points[2 * i + 1]));
      routes.set(routeName(key(tail), key(head)), route);
    }
  }
  if (height === null) throw new Error("the layout is not in Graphviz's plain format");
  return { places, routes };
}

/** The height at which a route passes `x`, null when it does not. */
export function heightAt(route: readonly Place[], x: number): number | null {
  for (let i = 0; i + 3 < route.length; i += 3) {
    const [a, b, c, d] = route.slice(i, i + 4) as [Place, Place, Place, Place];
    if (x < Math.min(a.x, d.x) || x > Math.max(a.x, d.x)) continue;
    let [low, high] = [0, 1];
    // Routes run left to right, so the place is found by halving.
    for (let turn = 0; turn < 20; turn += 1) {
      const middle = (low + high) / 2;
      if (bezier(a.x, b.x, c.x, d.x, middle) < x) low = middle;
      else high = middle;
    }
    return bezier(a.y, b.y, c.y, d.y, low);
  }
  return null;
}

function bezier(a: number, b: number, c: number, d: number, t: number): number {
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}
