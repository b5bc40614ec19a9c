/** Pointers on the drawing's surface: wheel, drag and pinch move it; taps, holds and rectangles speak of its parts. */
import type { Bounds } from "../layout/geometry";
import type { Camera } from "./camera.svelte";

/** A pointer that moved less is a tap. */
const SLACK = 4;
const HOLD_MILLISECONDS = 500;

interface Point {
  x: number;
  y: number;
}

/** What lies under a pointer. */
export interface Part {
  kind: "node" | "wire";
  key: string;
}

/** What gestures on the parts of the drawing do. */
export interface Actions {
  tap: (part: Part, shift: boolean) => void;
  twice: (part: Part) => void;
  hold: (part: Part) => void;
  /** Answers what moving the pointer by so many pixels does when a part is a number to be dragged. */
  grab: (part: Part) => ((pixels: number, fine: boolean) => void) | null;
  release: () => void;
  /** A rectangle was drawn, in pixels of the surface. */
  surround: (rectangle: Bounds) => void;
}

/** The part of the drawing that an event came from. */
export function partOf(target: EventTarget | null): Part | null {
  const element = target instanceof Element ? target.closest<SVGElement>("[data-part]") : null;
  const { part, key } = element?.dataset ?? {};
  return (part === "node" || part === "wire") && key !== undefined ? { kind: part, key } : null;
}

type Drag = (now: Point, before: Point, event: PointerEvent) => void;

export class Gestures {
  /** The rectangle being drawn, in pixels of the surface. */
  rectangle = $state.raw<Bounds | null>(null);

  #pointers = new Map<number, Point>();
  #pressed: { part: Part | null; at: Point } | null = null;
  #drag: Drag | null = null;
  /** What a click now is a click on: none after a drag. */
  #tap: Part | null = null;
  /** What was clicked last: a double click means it, even where the drawing moved after the first click. */
  #clicked: Part | null = null;
  #hold: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly camera: Camera,
    readonly actions: Actions,
  ) {}

  /** Listens on the surface until it goes; the parts themselves are buttons, which keys reach. */
  listen = (surface: SVGElement): (() => void) => {
    const gone = new AbortController();
    const { signal } = gone;
    surface.addEventListener("wheel", this.#onwheel, { signal, passive: false });
    surface.addEventListener("pointerdown", this.#onpointerdown, { signal });
    surface.addEventListener("pointermove", this.#onpointermove, { signal });
    surface.addEventListener("pointerup", this.#onpointerup, { signal });
    surface.addEventListener("pointercancel", this.#onpointercancel, { signal });
    surface.addEventListener("click", this.#onclick, { signal });
    surface.addEventListener("dblclick", this.#ondblclick, { signal });
    surface.addEventListener("contextmenu", this.#oncontextmenu, { signal });
    return () => {
      clearTimeout(this.#hold);
      gone.abort();
    };
  };

  #onwheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { x, y } = within(event);
    this.camera.zoom(Math.exp(-event.deltaY * 0.0015), x, y);
  };

  #onpointerdown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const at = within(event);
    this.#pointers.set(event.pointerId, at);
    clearTimeout(this.#hold);
    this.#drag = null;
    this.#tap = null;
    if (this.#pointers.size > 1) {
      this.#pressed = null;
      return;
    }
    const part = partOf(event.target);
    this.#pressed = { part, at };
    if (part && event.pointerType === "touch")
      this.#hold = setTimeout(() => {
        this.#pressed = null;
        this.actions.hold(part);
      }, HOLD_MILLISECONDS);
  };

  #onpointermove = (event: PointerEvent): void => {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = within(event);
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const factor = distance(now, other) / Math.max(1, distance(before, other));
      this.camera.zoom(factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
    } else {
      if (!this.#drag && this.#pressed && distance(now, this.#pressed.at) < SLACK) return;
      // The surface takes the pointer only once it drags, so that a click still reaches a gate.
      if (!this.#drag) (event.currentTarget as Element).setPointerCapture(event.pointerId);
      const drag = (this.#drag ??= this.#begin(this.#pressed ?? { part: null, at: before }, event.shiftKey));
      drag(now, before, event);
    }
    this.#pointers.set(event.pointerId, now);
  };

  #onpointerup = (event: PointerEvent): void => {
    if (!this.#pointers.delete(event.pointerId)) return;
    const [pressed, dragged] = [this.#pressed, this.#drag !== null];
    const rectangle = this.rectangle;
    this.#end();
    if (rectangle) this.actions.surround(rectangle);
    else if (!dragged) this.#tap = pressed?.part ?? null;
  };

  #onpointercancel = (event: PointerEvent): void => {
    this.#pointers.delete(event.pointerId);
    this.#end();
  };

  #onclick = (event: MouseEvent): void => {
    const part = this.#tap;
    this.#tap = null;
    if (!part || event.detail !== 1) return;
    this.#clicked = event.shiftKey ? null : part;
    this.actions.tap(part, event.shiftKey);
  };

  #ondblclick = (): void => {
    if (this.#clicked) this.actions.twice(this.#clicked);
    this.#clicked = null;
  };

  /** The menu that a long touch opens would cover what it picks. */
  #oncontextmenu = (event: MouseEvent): void => {
    if (this.#pointers.size > 0) event.preventDefault();
  };

  #end(): void {
    clearTimeout(this.#hold);
    if (this.#drag) this.actions.release();
    this.#pressed = null;
    this.#drag = null;
    this.rectangle = null;
  }

  #begin({ part, at }: { part: Part | null; at: Point }, shift: boolean): Drag {
    clearTimeout(this.#hold);
    const turn = part && this.actions.grab(part);
    if (turn) return (now, _before, event) => turn(now.x - at.x, event.shiftKey);
    if (shift) return (now) => (this.rectangle = spanned(at, now));
    return (now, before) => this.camera.pan(now.x - before.x, now.y - before.y);
  }
}

function spanned(a: Point, b: Point): Bounds {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

function within(event: MouseEvent): Point {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
