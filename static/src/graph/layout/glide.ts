/** Boxes that stay glide to their new places; boxes that are new appear there. */
import type { Spot } from "./arrange";

const DURATION = 320;

export function eased(share: number): number {
  return share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2;
}

/** Places part of the way from `from` to `to`: every key of `to`, with new keys already at their end. */
export function between(
  from: ReadonlyMap<string, Spot>,
  to: ReadonlyMap<string, Spot>,
  share: number,
): Map<string, Spot> {
  const places = new Map<string, Spot>();
  for (const [key, end] of to) {
    const start = from.get(key) ?? end;
    const mix = (a: number, b: number) => a + (b - a) * share;
    places.set(key, { x: mix(start.x, end.x), y: mix(start.y, end.y), half: mix(start.half, end.half) });
  }
  return places;
}

/** Calls `draw` once per frame until the end is reached; answers the stop function. */
export function glide(draw: (share: number) => void, duration = DURATION): () => void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    draw(1);
    return () => undefined;
  }
  const started = performance.now();
  let frame = requestAnimationFrame(function next(now) {
    const share = Math.min(1, Math.max(0, (now - started) / duration));
    draw(eased(share));
    if (share < 1) frame = requestAnimationFrame(next);
  });
  return () => cancelAnimationFrame(frame);
}
