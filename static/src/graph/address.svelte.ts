/** Keeps the page's address in step with the session, so that a copied link restores it. */
import { LONGEST_QUERY, writeLink } from "./link";
import { keepLesson } from "./opened";
import type { Session } from "./session.svelte";

/** Browsers allow a hundred changes of the address in some seconds: a slider makes more. */
const PAUSE = 300;

/** Runs inside an effect. */
export function keepAddress(session: Session): () => void {
  const lesson = session.lesson();
  const timer = setTimeout(() => {
    const link = writeLink(lesson);
    const long = link.length > LONGEST_QUERY;
    if (long) keepLesson(lesson);
    history.replaceState(null, "", `${location.pathname}${long ? "?opened=1" : link}`);
  }, PAUSE);
  return () => clearTimeout(timer);
}
