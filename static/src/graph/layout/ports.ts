/** Ports: where on the left half of a gate its arguments arrive, the first on top. */
import type { Place } from "./places";

const ANGLE = (38 * Math.PI) / 180;
const WIDEST_FAN = (128 * Math.PI) / 180;

/** The port of `argument` among `ports`, relative to the centre of the round end of a gate. */
export function portOffset(ports: number, argument: number, radius: number): Place {
  if (ports < 2) return { x: -radius, y: 0 };
  const spread = Math.min(ANGLE, WIDEST_FAN / (ports - 1));
  const angle = (argument - (ports - 1) / 2) * spread;
  return { x: -radius * Math.cos(angle), y: radius * Math.sin(angle) };
}
