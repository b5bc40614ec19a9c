/** What the server wrote into the page's shell, so that the first drawing needs no second question. */
import type { components } from "./schema";

export type Example = components["schemas"]["Example"];

interface PageData {
  examples?: Example[];
}

/** The gallery, [] when the shell carries none. */
export function pageExamples(): readonly Example[] {
  const text = document.querySelector("#page-data")?.textContent ?? "{}";
  return (JSON.parse(text) as PageData).examples ?? [];
}
