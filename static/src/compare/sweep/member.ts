/** One net of a comparison: what it is called, everything chosen for it. */
import type { Setup } from "../../train/setup/setup";

export interface Member {
  label: string;
  setup: Setup;
}
