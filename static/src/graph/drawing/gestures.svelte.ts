/** Wheel, drag and pinch on the drawing's surface; once the reader has moved it, it stays where they put it. */
import type { Bounds } from "../layout/geometry";
import { glide } from "../layout/glide";
import type { Place } from "../layout/places";
import { fit, pan, readable, reveal, zoomAt, type View } from "./viewport";

/** A pointer that moved less is a click. */
const SLACK = 3;

interface Point {
  x: number;
  y: number;
}

export class Gestures {
  view = $state.raw<View>({ scale: 1, x: 0, y: 0 });
  moved = false;

  #pointers = new Map<number, Point>();
  #dragging = false;

  #stop: () => void = () => undefined;

  /** The view to begin with, kept until the reader moves it. */
  begin(bounds: Bounds, width: number, height: number): void {
    this.#stop();
    this.view = readable(bounds, width, height);
  }

  showAll(bounds: Bounds, width: number, height: number): void {
    this.moved = true;
    this.#glideTo(fit(bounds, width, height));
  }

  /** Brings a gate of the walk into view. */
  reveal(place: Place, width: number, height: number): void {
    const view = reveal(this.view, place, width, height);
    if (view !== this.view) this.#glideTo(view);
  }

  #glideTo(to: View): void {
    const from = this.view;
    const mix = (a: number, b: number, share: number) => a + (b - a) * share;
    this.#stop();
    this.#stop = glide((share) => {
      this.view = {
        scale: mix(from.scale, to.scale, share),
        x: mix(from.x, to.x, share),
        y: mix(from.y, to.y, share),
      };
    });
  }

  zoom(factor: number, x: number, y: number): void {
    this.#stop();
    this.moved = true;
    this.view = zoomAt(this.view, factor, x, y);
  }

  onwheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { x, y } = within(event);
    this.zoom(Math.exp(-event.deltaY * 0.0015), x, y);
  };

  onpointerdown = (event: PointerEvent): void => {
    if (event.button === 0) this.#pointers.set(event.pointerId, within(event));
    this.#dragging = false;
  };

  onpointermove = (event: PointerEvent): void => {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = within(event);
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      this.zoom(
        distance(now, other) / Math.max(1, distance(before, other)),
        (now.x + other.x) / 2,
        (now.y + other.y) / 2,
      );
    } else {
      if (!this.#dragging && distance(now, before) < SLACK) return;
      // The surface takes the pointer only once it drags, so that a click still reaches a gate.
      if (!this.#dragging) (event.currentTarget as Element).setPointerCapture(event.pointerId);
      this.#dragging = true;
      this.#stop();
      this.moved = true;
      this.view = pan(this.view, now.x - before.x, now.y - before.y);
    }
    this.#pointers.set(event.pointerId, now);
  };

  onpointerup = (event: PointerEvent): void => {
    this.#pointers.delete(event.pointerId);
  };
}

function within(event: MouseEvent): Point {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
