/** The drawing with its places: laid out in the worker when the structure changes, at once when only numbers do. */
import type { GraphIndex, Ops } from "../answer";
import type { Places } from "./arrange";
import { arrivals } from "./arrivals";
import { boxesOf, linksOf } from "./boxed";
import { LayoutClient } from "./client";
import { drawingOf, type Drawing, type Look } from "./drawing";
import { boundsOf, type Bounds } from "./geometry";
import { between, glide } from "./glide";
import { Recent } from "./recent";
import { alike, sameRoom } from "./room";
import type { LayoutQuestion } from "./worker";

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
  /** While boxes glide, the keys of what was not drawn before. */
  fresh = $state.raw<ReadonlySet<string>>(new Set());

  #client = new LayoutClient();
  #recent = new Recent();
  /** What the places on the board were asked for. */
  #room: LayoutQuestion | null = null;
  /** What is being laid out; newer numbers for the same boxes take its place without asking again. */
  #coming: { room: LayoutQuestion; index: GraphIndex; drawing: Drawing } | null = null;
  #stop: () => void = () => undefined;

  /** Shows `index` as soon as its boxes have places. */
  show(index: GraphIndex, ops: Ops, look: Look): void {
    const drawing = drawingOf(index, ops, look);
    const room = { boxes: boxesOf(drawing), links: linksOf(drawing) };
    if (this.#coming && sameRoom(this.#coming.room, room)) this.#coming = { room, index, drawing };
    else if (!this.#coming && this.board && this.#room && sameRoom(this.#room, room)) {
      // Where it says the same, the same drawing: what hangs on it is not worked out anew for each number.
      const kept = sameWords(this.board.drawing, drawing) ? this.board.drawing : drawing;
      this.board = { ...this.board, index, drawing: kept };
    } else {
      this.#coming = { room, index, drawing };
      const places = this.#recent.find(room);
      if (places) this.#arrived(places);
      else this.#client.ask(room, (found) => this.#laidOut(room, found));
    }
  }

  close(): void {
    this.#stop();
    this.#client.close();
  }

  #laidOut(room: LayoutQuestion, places: Places): void {
    this.#recent.keep(room, places);
    // What was on its way may have been overtaken by a room known already.
    if (this.#coming && sameRoom(this.#coming.room, room)) this.#arrived(places);
  }

  #arrived(places: Places): void {
    if (!this.#coming) return;
    const { room, index, drawing } = this.#coming;
    this.#coming = null;
    this.#room = room;
    this.#place(index, drawing, places);
  }

  #place(index: GraphIndex, drawing: Drawing, places: Places): void {
    this.#stop();
    const from = this.board?.places ?? places;
    this.fresh = arrivals(this.board?.drawing ?? null, drawing);
    this.bounds = boundsOf(drawing, places);
    this.board = { index, drawing, places: between(from, places, 0) };
    // Numbers may change while boxes glide: each frame keeps the newest answer and moves only the places.
    this.#stop = glide((share) => {
      if (this.board) this.board = { ...this.board, places: between(from, places, share) };
      this.settled = share === 1;
      if (this.settled) this.fresh = new Set();
    });
  }
}

/** True when two drawings that take the same room have the same words and ids throughout. */
function sameWords(before: Drawing, after: Drawing): boolean {
  return (
    alike(before.gates, after.gates, ["id", "kind", "text", "caption", "pattern", "lumped"]) &&
    before.wires.every((wire, i) => {
      const now = after.wires[i];
      const alikeGrid = wire.grid?.rows === now?.grid?.rows && wire.grid?.columns === now?.grid?.columns;
      return alikeGrid && wire.source === now?.source && wire.edges.join() === now.edges.join();
    })
  );
}
