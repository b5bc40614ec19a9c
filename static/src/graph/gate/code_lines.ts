/** Which lines of the code are a gate's turn going back. */
import type { components } from "../../shared/schema";
import type { GraphNode } from "../answer";

const MOST_LINES = 8;

export function backwardLines(
  { code, lines }: components["schemas"]["CodeAnswer"],
  { key, members }: Pick<GraphNode, "key" | "members">,
): string[] {
  const text = code.split("\n");
  const backward = text.findIndex((line) => line.startsWith("# backward"));
  const own = new Set<string | null>([key, ...members]);
  const found = text
    .filter((_, position) => position > backward && own.has(lines[position] ?? null))
    .map((line) => line.replace(/\s{2,}#/, "  #"));
  return found.length <= MOST_LINES ? found : [...found.slice(0, MOST_LINES), "…"];
}
