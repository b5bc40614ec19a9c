/** The rooms laid out last with their places: what is undone, taken apart or put together again is there at once. */
import type { Places } from "./arrange";
import { sameRoom } from "./room";
import type { LayoutQuestion } from "./worker";

/** Enough for going back and forth between a few states; a large drawing's places take some 100 KB. */
const KEPT = 8;

export class Recent {
  #kept: { room: LayoutQuestion; places: Places }[] = [];

  keep(room: LayoutQuestion, places: Places): void {
    this.#kept = [{ room, places }, ...this.#kept.slice(0, KEPT - 1)];
  }

  /** The places of a room that was laid out before, null for one that was not, or too long ago. */
  find(room: LayoutQuestion): Places | null {
    return this.#kept.find((one) => sameRoom(one.room, room))?.places ?? null;
  }
}
