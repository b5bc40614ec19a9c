/** A drawing as boxes and links. */
import { labelKey, type Box, type Link } from "./boxes";
import { JUNCTION_RADIUS, type Drawing } from "./drawing";
import { GATE_RADIUS } from "./gates";
import { portOffset } from "./ports";

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
