/** When a frame is painted: the newest wins, each is acknowledged once it is on the screen. */
import type { Frame } from "./protocol";

export interface PainterEvents {
  /** Draws the frame before it returns. */
  paint: (frame: Frame) => void;
  /** Takes note of a frame that nobody can see. */
  keep: (frame: Frame) => void;
  drawn: (step: number) => void;
}

/** Browsers give a hidden page no animation frames: then one frame a second keeps the training going. */
const HIDDEN = 1000;

export class Painter {
  #events: PainterEvents;
  /** Milliseconds between two paintings at least; more than 0 for readers who asked for less motion. */
  #gap: number;
  #newest: Frame | null = null;
  #unseen: Frame | null = null;
  #request = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #painted = Number.NEGATIVE_INFINITY;

  constructor(events: PainterEvents, gap = 0) {
    this.#events = events;
    this.#gap = gap;
  }

  /** A frame has come: it is painted at the next turn, unless a newer one comes before. */
  offer(frame: Frame): void {
    const waiting = this.#newest !== null;
    this.#newest = frame;
    if (!waiting) this.#schedule(Math.max(0, this.#painted + this.#gap - performance.now()));
  }

  /** Paints what came while nobody looked; called when the page is seen again. */
  seen(): void {
    const frame = this.#unseen;
    this.#unseen = null;
    if (frame && !this.#newest) this.#events.paint(frame);
  }

  close(): void {
    cancelAnimationFrame(this.#request);
    clearTimeout(this.#timer);
  }

  #schedule(wait: number): void {
    if (wait > 0 && !document.hidden) {
      this.#timer = setTimeout(() => this.#schedule(0), wait);
      return;
    }
    this.#request = requestAnimationFrame(() => this.#turn());
    // set by a message, not by another timer, so that browsers do not slow it down further
    this.#timer = setTimeout(() => this.#turn(), HIDDEN);
  }

  #turn(): void {
    cancelAnimationFrame(this.#request);
    clearTimeout(this.#timer);
    const frame = this.#newest;
    this.#newest = null;
    if (!frame) return;
    this.#painted = performance.now();
    if (document.hidden) {
      this.#unseen = frame;
      this.#events.keep(frame);
    } else {
      this.#unseen = null;
      this.#events.paint(frame);
    }
    this.#events.drawn(frame.step);
  }
}
