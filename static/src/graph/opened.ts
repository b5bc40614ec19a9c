/** A lesson too large for an address, as it waits in the tab's storage: the fields of a link, as JSON. */
import { keep, VERSION } from "../shared/opened";
import { readLink, writeLink, type Lesson, type Link } from "./link";

const GONE: Link = {
  lesson: null,
  example: null,
  notice: "what was to be opened is no longer kept in this tab: open it again where it came from",
};
const MANGLED = { ...GONE, notice: "what was to be opened could not be read: open it again where it came from" };

/** The lesson that a text holds, read as a link is: what cannot be read is left out with a notice. */
export function readOpened(text: string | null): Link {
  if (text === null) return GONE;
  const fields = fieldsOf(text);
  if (fields === null || typeof fields["source"] !== "string") return MANGLED;
  const { version = VERSION, ...given } = fields;
  const rest = { ...given, source: fields["source"].trimEnd() };
  const written = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([field, value]) => [field, typeof value === "string" ? value : JSON.stringify(value)]);
  return readLink(`?${new URLSearchParams([["v", String(version)], ...written])}`);
}

/** Keeps a lesson as the tab's own, so that a reload finds it again; false where there is no room. */
export function keepLesson(lesson: Lesson): boolean {
  const { v: version, ...fields } = Object.fromEntries(new URLSearchParams(writeLink(lesson)));
  return keep({ ...fields, version: Number(version) });
}

function fieldsOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    const named = typeof value === "object" && value !== null && !Array.isArray(value);
    return named ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
