/** A run kept for comparison: a copy of its curves, a name, and a look of its own. */
import type { History } from "./history";

/** How a kept run is drawn: told apart by ink and by dashes. */
export interface Look {
  /** A design token. */
  ink: string;
  dash: readonly number[];
}

export interface KeptRun {
  id: number;
  name: string;
  look: Look;
  history: History;
}

export const LOOKS: readonly Look[] = [
  { ink: "--kept-1", dash: [] },
  { ink: "--kept-2", dash: [7, 3] },
  { ink: "--kept-3", dash: [2, 2.5] },
  { ink: "--kept-4", dash: [9, 3, 2, 3] },
  { ink: "--kept-5", dash: [4, 2] },
  { ink: "--kept-6", dash: [12, 4] },
];
export const MOST_KEPT = LOOKS.length;
