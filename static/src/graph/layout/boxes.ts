/** The drawing as any layout sees it: boxes that must not touch, and the links between them. */
import { JUNCTION_RADIUS, type Drawing } from "./drawing";
import { GATE_RADIUS } from "./gates";
import { portOffset } from "./ports";
import type { Size } from "./sizes";

export interface Box extends Size {
  key: string;
  /** True for a gate, whose links in keep their order from top to bottom. */
  ordered: boolean;
}

/** A piece of a wire between two boxes. A wire with numbers has two: before its label and after it. */
export interface Link {
  wire: string;
  side: "before" | "after";
  tail: string;
  head: string;
  argument: number;
  /** How far below the middle of the head it arrives. */
  arrive: number;
}

export const labelKey = (wire: string) => `label:${wire}`;
export const wayKey = (wire: string, side: Link["side"], position: number) =>
  `way:${wire}:${side}:${position}`;

export function boxesOf({ gates, junctions, wires }: Drawing): Box[] {
  const dot = 2 * JUNCTION_RADIUS;
  return [
    ...gates.map(({ key, room }) => ({ key, ...room, ordered: true })),
    ...junctions.map(({ key }) => ({ key, width: dot, height: dot, ordered: false })),
    ...wires.flatMap(({ key, size }) =>
      size === null ? [] : [{ key: labelKey(key), ...size, ordered: false }],
    ),
  ];
}

export function linksOf({ gates, wires }: Drawing): Link[] {
  const ports = new Map(gates.map((gate) => [gate.key, gate.ports]));
  return wires.flatMap(({ key, from, to, argument, size }) => {
    const links: Link[] = [];
    const label = size === null ? null : labelKey(key);
    const common = { wire: key, argument };
    if (label !== null) links.push({ ...common, side: "before", tail: from, head: label, arrive: 0 });
    if (to !== null) {
      const many = ports.get(to);
      const arrive = many === undefined ? 0 : portOffset(many, argument, GATE_RADIUS).y;
      links.push({ ...common, side: "after", tail: label ?? from, head: to, arrive });
    }
    return links;
  });
}
