/** Pan and zoom as one scale and one shift, in pixels of the drawing's element. */
import type { Bounds } from "../layout/geometry";
import type { Place } from "../layout/places";

export interface View {
  scale: number;
  x: number;
  y: number;
}

export const MARGIN = 20;
const SMALLEST = 0.08;
const LARGEST = 4;
/** A small graph is not blown up beyond this. */
const LARGEST_FIT = 1.6;
/** Below these scales the numbers on the wires can no longer be read. */
const SMALLEST_TO_READ = 0.8;
/** A little smaller is better than a part cut off. */
const SMALLEST_WHOLE = 0.72;
const SMALLEST_ON_PHONE = 0.8;
const NARROW = 600;
/** Room around a gate that is brought into view: its wires are to be seen too. */
const ROOM = 140;

/** The view that shows all of `bounds`, in the middle. */
export function fit(bounds: Bounds, width: number, height: number): View {
  const scale = scaleToFit(bounds, width, height);
  return {
    scale,
    x: width / 2 - (bounds.left + bounds.width / 2) * scale,
    y: height / 2 - (bounds.top + bounds.height / 2) * scale,
  };
}

/** The view to begin with: all of `bounds` if it can be read then, else its left part in readable size. */
export function readable(bounds: Bounds, width: number, height: number): View {
  const smallest = width < NARROW ? SMALLEST_ON_PHONE : SMALLEST_TO_READ;
  if (scaleToFit(bounds, width, height) >= Math.min(smallest, SMALLEST_WHOLE)) return fit(bounds, width, height);
  const whole = bounds.height * smallest <= height - 2 * MARGIN;
  return {
    scale: smallest,
    x: MARGIN - bounds.left * smallest,
    y: whole ? height / 2 - (bounds.top + bounds.height / 2) * smallest : MARGIN - bounds.top * smallest,
  };
}

/** Whether all of `bounds` is seen. */
export function showsAll(view: View, bounds: Bounds, width: number, height: number): boolean {
  const left = view.x + bounds.left * view.scale;
  const top = view.y + bounds.top * view.scale;
  return (
    left >= 0 &&
    top >= 0 &&
    left + bounds.width * view.scale <= width &&
    top + bounds.height * view.scale <= height
  );
}

function scaleToFit(bounds: Bounds, width: number, height: number): number {
  const room = { width: Math.max(1, width - 2 * MARGIN), height: Math.max(1, height - 2 * MARGIN) };
  return Math.min(room.width / bounds.width, room.height / bounds.height, LARGEST_FIT);
}

/** The view moved just so that `place` is in it, with room around it; the same view when it is already. */
export function reveal(view: View, place: Place, width: number, height: number): View {
  const room = { x: Math.min(ROOM, width / 3), y: Math.min(ROOM, height / 3) };
  const x = view.x + place.x * view.scale;
  const y = view.y + place.y * view.scale;
  const inside = x >= room.x / 2 && x <= width - room.x / 2 && y >= room.y / 2 && y <= height - room.y / 2;
  if (inside) return view;
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  return pan(view, clamp(x, room.x, width - room.x) - x, clamp(y, room.y, height - room.y) - y);
}

/** The view after zooming by `factor` about a point that stays under the pointer. */
export function zoomAt(view: View, factor: number, x: number, y: number): View {
  const scale = Math.min(LARGEST, Math.max(SMALLEST, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio };
}

export function pan(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x + dx, y: view.y + dy };
}
