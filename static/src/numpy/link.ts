/** The page's address: which listing, the numbers changed in it, the step. */
import type { components } from "../shared/schema";

export type Entry = components["schemas"]["ListingEntry"];

export interface Lesson {
  entry: Entry;
  values: Readonly<Record<string, number>>;
  step: number;
}

/** What cannot be read is left out; numbers out of bounds are for the server to refuse. */
export function readLink(search: string, entries: readonly Entry[]): Lesson | null {
  const parameters = new URLSearchParams(search);
  const entry = entries.find(({ name }) => name === parameters.get("listing")) ?? entries[0];
  if (entry === undefined) return null;
  const step = Number(parameters.get("step") ?? 0);
  return {
    entry,
    values: Object.fromEntries(
      entry.settings.map(({ name, value }) => {
        const given = Number(parameters.get(name) ?? NaN);
        return [name, Number.isFinite(given) ? given : value];
      }),
    ),
    step: Number.isInteger(step) && step >= 0 ? step : 0,
  };
}

export function writeLink({ entry, values, step }: Lesson): string {
  const parameters = new URLSearchParams({ listing: entry.name });
  for (const { name, value } of entry.settings)
    if (values[name] !== undefined && values[name] !== value) parameters.set(name, String(values[name]));
  if (step > 0) parameters.set("step", String(step));
  return `?${parameters}`;
}
