/** What may stand beside the drawing: scripts of their own, fetched when wanted, or ahead of that once all is quiet. */
import type { Component } from "svelte";
import type { Ops } from "../answer";
import type { Session } from "../session.svelte";
import type { Beside } from "../view";

interface Part {
  title: string;
  load: () => Promise<{ default: Component<{ session: Session; ops: Ops }> }>;
}

export const PARTS: Record<Beside, Part> = {
  gate: { title: "Gate", load: () => import("../gate/GatePanel.svelte") },
  code: { title: "Code", load: () => import("../take/CodePanel.svelte") },
  take: { title: "Take away", load: () => import("../take/TakePanel.svelte") },
};

/** So long after the first graph the reader is looking at it. */
const QUIET = 1500;

/** Runs inside an effect: fetches every part, so that each opens at once, also while the server is away. */
export function fetchAhead(): () => void {
  const timer = setTimeout(() => {
    // one that cannot be had now is asked for again when it is wanted
    for (const { load } of Object.values(PARTS)) load().catch(() => undefined);
  }, QUIET);
  return () => clearTimeout(timer);
}
