/** What an address opens: the program it holds, the one kept for it, an example by name, or else the first example. */
import type { Example } from "../shared/page_data";
import { readLink, type Lesson } from "./link";
import { readOpened } from "./opened";
import { PLAIN, type View } from "./view";

export interface Opening {
  /** Null where there is neither a program nor an example. */
  lesson: Lesson | null;
  /** What could not be read, in words. */
  notice: string | null;
}

/** `kept` is what waits in the tab's storage for an address that says so. */
export function openingOf(search: string, examples: readonly Example[], kept: string | null = null): Opening {
  const parameters = new URLSearchParams(search);
  // beside a program or an example the same word says which of its gates is opened
  const waits = parameters.has("opened") && !parameters.has("source") && !parameters.has("example");
  const { lesson, example, notice } = waits ? readOpened(kept) : readLink(search);
  if (lesson) return { lesson, notice };
  const named = examples.find(({ id }) => id === example);
  const shown = named ?? examples[0];
  const unknown = example !== null && !named;
  return {
    lesson: shown ? lessonOf(shown) : null,
    notice: unknown ? `there is no example '${example}': the first one is shown` : notice,
  };
}

export function lessonOf({ source, inputs, upstream, view }: Example): Lesson {
  return { source: source.trimEnd(), inputs, upstream, step: null, view: viewOf(view), about: null };
}

function viewOf(view: Example["view"]): View {
  const { shapes: sizes = {}, code = null, ...drawing } = view ?? {};
  const beside = drawing.opened ? "gate" : code !== null ? "code" : null;
  return { ...PLAIN, ...drawing, sizes, beside, code: code ?? PLAIN.code };
}
