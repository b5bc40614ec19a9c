/** Where the reader looks: at the whole, or at its left part, until they move it; then it stays where they put it. */
import type { Bounds } from "../layout/geometry";
import { glide } from "../layout/glide";
import type { Place } from "../layout/places";
import { fit, pan, readable, reveal, showsAll, zoomAt, type View } from "./viewport";

export class Camera {
  view = $state.raw<View>({ scale: 1, x: 0, y: 0 });
  moved = false;

  #stop: () => void = () => undefined;

  /** The view to begin with, `focus` in it. */
  begin(bounds: Bounds, width: number, height: number, focus: Place | null): void {
    this.#stop();
    this.view = readable(bounds, width, height);
    if (focus && !showsAll(this.view, bounds, width, height))
      this.view = reveal(this.view, focus, width, height);
  }

  showAll(bounds: Bounds, width: number, height: number): void {
    this.moved = true;
    this.#glideTo(fit(bounds, width, height));
  }

  /** Brings a gate into view; where all of the drawing is seen, it is already. */
  reveal(place: Place, bounds: Bounds, width: number, height: number): void {
    if (showsAll(this.view, bounds, width, height)) return;
    const view = reveal(this.view, place, width, height);
    if (view !== this.view) this.#glideTo(view);
  }

  /** Brings a point of the drawing to the middle. */
  centre({ x, y }: Place, width: number, height: number): void {
    const { scale } = this.view;
    this.#take({ scale, x: width / 2 - x * scale, y: height / 2 - y * scale });
  }

  zoom(factor: number, x: number, y: number): void {
    this.#take(zoomAt(this.view, factor, x, y));
  }

  pan(dx: number, dy: number): void {
    this.#take(pan(this.view, dx, dy));
  }

  #take(view: View): void {
    this.#stop();
    this.moved = true;
    this.view = view;
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
}
