/** Where the reader points: one place, shown on every plane there is. */
import type { Spot } from "./places";

export type Plane = "net" | "neighbours";

export class Look {
  at = $state.raw<Spot | null>(null);
  /** The plane that is pointed at: the reading stands there. */
  over = $state<Plane>("net");
  /** Whether keys led there. */
  byKeys = $state(false);
  /** How near a point must be to be meant. */
  reach = $state(0);
}
