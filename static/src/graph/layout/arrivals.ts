/** What is new in a drawing: it fades in where it will stand, while what stays is still on its way through that place. */
import type { Drawing } from "./drawing";

const NONE: ReadonlySet<string> = new Set();

/** Keys of the gates, junctions and wires that were not drawn before; none where most of it is new: another program. */
export function arrivals(before: Drawing | null, after: Drawing): ReadonlySet<string> {
  if (!before) return NONE;
  const old = new Set(keysOf(before));
  const all = keysOf(after);
  const fresh = all.filter((key) => !old.has(key));
  return 2 * fresh.length > all.length ? NONE : new Set(fresh);
}

function keysOf({ gates, junctions, wires }: Drawing): string[] {
  return [...gates, ...junctions, ...wires].map(({ key }) => key);
}
