/** The tools of an input that unfold below it, one at a time in the whole panel. */
export type Tool = "nudge" | "check" | "grid";
