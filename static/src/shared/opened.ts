/** A lesson handed from one page to another in this tab's storage: a minibatch does not fit an address. */
import type { Tensor } from "./tensor";

export const VERSION = 1;
const KEY = "chainrule.opened";
const ADDRESS = "/graph?opened=1";

/** A program with its numbers, as `POST /api/v1/trainings/batch` answers them. */
export interface Handed {
  source: string;
  inputs?: Readonly<Record<string, Tensor>>;
  upstream?: Tensor | null;
  /** Key of the node that backward starts from. */
  output?: string | null;
  lump?: readonly string[];
  /** Where it comes from, in a sentence for its reader. */
  about?: string | null;
}

/** Keeps it for this tab, and for one that this tab opens; false where the browser has no room for it. */
export function keep(lesson: Handed | Readonly<Record<string, unknown>>): boolean {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ version: VERSION, ...lesson }));
    return true;
  } catch {
    return false;
  }
}

/** The text that was kept, null when there is none. */
export function kept(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Opens the lesson as a graph in a tab of its own, so that this page goes on; false where it cannot be kept. */
export function openAsGraph(lesson: Handed): boolean {
  if (!keep(lesson)) return false;
  // A tab that is opened takes a copy of the storage with it; where none may be opened, this one goes there.
  if (open(ADDRESS) === null) location.assign(ADDRESS);
  return true;
}
