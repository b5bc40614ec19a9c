/** The drawing with its places: laid out in the worker when the structure changes, at once when only numbers do. */
import type { GraphIndex, Ops } from "../answer";
import { arrange, type Places } from "./arrange";
import { LayoutClient } from "./client";
import { boxesOf, linksOf, type Box, type Link } from "./boxes";
import { toDot } from "./dot";
import { drawingOf, type Drawing } from "./drawing";
import { boundsOf, type Bounds } from "./geometry";
import { between, glide } from "./glide";

/** What is on the board: an answer, its drawing, and where its boxes are at this frame. */
export interface Board {
  index: GraphIndex;
  drawing: Drawing;
  places: Places;
}

export class Layout {
  board = $state.raw<Board | null>(null);
  /** Where the boxes are going: what the view fits. */
  bounds = $state.raw<Bounds | null>(null);

  /** False while boxes glide. */
  settled = $state(false);

  #client = new LayoutClient();
  #dot: string | null = null;
  /** What is being laid out; newer numbers for the same structure take its place without asking again. */
  #coming: { dot: string; index: GraphIndex; drawing: Drawing; boxes: Box[]; links: Link[] } | null = null;
  #stop: () => void = () => undefined;

  /** Shows `index` as soon as its boxes have places. */
  show(index: GraphIndex, ops: Ops): void {
    const drawing = drawingOf(index, ops);
    const [boxes, links] = [boxesOf(drawing), linksOf(drawing)];
    const dot = toDot(boxes, links);
    const waiting = this.#coming;
    if (waiting === null && dot === this.#dot && this.board && same(this.board.drawing, drawing)) {
      // The same drawing, so that what hangs on it is not worked out anew for each number.
      this.board = { ...this.board, index };
      return;
    }
    this.#coming = { dot, index, drawing, boxes, links };
    if (waiting?.dot !== dot) this.#client.ask(dot, (plain) => this.#arrived(plain));
  }

  close(): void {
    this.#stop();
    this.#client.close();
  }

  #arrived(plain: string | null): void {
    if (!this.#coming) return;
    const { dot, index, drawing, boxes, links } = this.#coming;
    this.#coming = null;
    this.#dot = dot;
    this.#place(index, drawing, arrange(boxes, links, plain));
  }

  #place(index: GraphIndex, drawing: Drawing, places: Places): void {
    this.#stop();
    const from = this.board?.places ?? places;
    this.bounds = boundsOf(drawing, places);
    this.board = { index, drawing, places: between(from, places, 0) };
    // Numbers may change while boxes glide: each frame keeps the newest answer and moves only the places.
    this.#stop = glide((share) => {
      if (this.board) this.board = { ...this.board, places: between(from, places, share) };
      this.settled = share === 1;
    });
  }
}

/** True when two drawings of the same structure have the same names throughout. */
function same(before: Drawing, after: Drawing): boolean {
  return (
    before.gates.every((gate, i) => gate.key === after.gates[i]?.key && gate.id === after.gates[i].id) &&
    before.wires.every(
      (wire, i) =>
        wire.key === after.wires[i]?.key &&
        wire.source === after.wires[i].source &&
        wire.edges.join() === after.wires[i].edges.join(),
    )
  );
}
