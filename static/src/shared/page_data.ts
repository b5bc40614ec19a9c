/** What the server wrote into the page's shell, so that the first drawing needs no second question. */
import type { components } from "./schema";

export type Example = components["schemas"]["Example"];

interface PageData {
  examples?: Example[];
  listings?: components["schemas"]["ListingEntry"][];
  /** Whether the page stands in a frame of another one. */
  embedded?: boolean;
}

export function pageData(): PageData {
  return JSON.parse(document.querySelector("#page-data")?.textContent ?? "{}") as PageData;
}

/** The gallery, [] when the shell carries none. */
export function pageExamples(): readonly Example[] {
  return pageData().examples ?? [];
}
