/** What there is to choose from, as the server hands it to the page. */
import type { components } from "../../shared/schema";

export type Choices = components["schemas"]["DataSets"];

/** The choices in the page's own data; throws when the page was made without them. */
export function readChoices(): Choices {
  const text = document.querySelector("#page-data")?.textContent ?? "{}";
  const data = JSON.parse(text) as { choices?: Choices };
  if (!data.choices) throw new Error("the page has no choices in #page-data");
  return data.choices;
}
