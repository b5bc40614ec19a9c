/** The drawing as any layout sees it: boxes that must not touch, and the links between them. */
import type { Size } from "./sizes";

export interface Box extends Size {
  key: string;
  /** True for a gate, whose links in keep their order from top to bottom. */
  ordered: boolean;
}

/** A piece of a wire between two boxes. A wire with numbers has two: before its label and after it. */
export interface Link {
  wire: string;
  side: "before" | "after";
  tail: string;
  head: string;
  argument: number;
  /** How far below the middle of the head it arrives. */
  arrive: number;
}

export const labelKey = (wire: string) => `label:${wire}`;
export const wayKey = (wire: string, side: Link["side"], position: number) =>
  `way:${wire}:${side}:${position}`;
