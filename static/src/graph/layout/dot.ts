/** Boxes and links written as DOT, by position: free of anything a user typed. */
import type { Box, Link } from "./boxes";

export const PIXELS_PER_INCH = 72;
const SETTINGS = [
  "rankdir=LR",
  "nodesep=0.08",
  "ranksep=0.02",
  // Straight pieces say where a long wire passes, and are found ten times faster than curves.
  "splines=polyline",
  'node [shape=box fixedsize=true label=""]',
  "edge [arrowhead=none]",
].join("; ");

/** Above so many boxes Graphviz is not to settle heights finely, which takes most of its time: the page does so itself. */
const MANY = 300;

export const boxName = (position: number) => `b${position}`;

export function toDot(boxes: readonly Box[], links: readonly Link[]): string {
  const names = new Map(boxes.map(({ key }, position) => [key, boxName(position)]));
  const hasty = boxes.length > MANY ? "; nslimit=0" : "";
  const lines = [`digraph { ${SETTINGS}${hasty}`];
  for (const { key, width, height, ordered } of boxes) {
    const order = ordered ? " ordering=in" : "";
    lines.push(`${names.get(key)} [width=${inches(width)} height=${inches(height)}${order}]`);
  }
  // `ordering=in` keeps the links of a gate in the order in which they are written here.
  for (const { side, tail, head } of links.toSorted((a, b) => a.argument - b.argument)) {
    lines.push(`${names.get(tail)} -> ${names.get(head)} [weight=${side === "before" ? 2 : 4}]`);
  }
  lines.push("}");
  return lines.join("\n");
}

function inches(pixels: number): string {
  return (pixels / PIXELS_PER_INCH).toFixed(3);
}
