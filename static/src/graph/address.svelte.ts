/** Keeps the page's address in step with the session, so that a copied link restores it. */
import { LONGEST_QUERY, writeLink, type Lesson } from "./link";
import { keepLesson } from "./opened";
import type { Session } from "./session.svelte";

/** Browsers allow a hundred changes of the address in some seconds: a slider makes more. */
const PAUSE = 300;

/** Runs inside an effect. */
export function keepAddress(session: Session): () => void {
  const lesson = session.lesson();
  const timer = setTimeout(() => write(lesson), PAUSE);
  return () => clearTimeout(timer);
}

/** Leaves what is open now behind in the history: going back opens it again. */
export function rememberAddress(session: Session): void {
  write(session.lesson());
  history.pushState(null, "", location.href);
}

function write(lesson: Lesson): void {
  const link = writeLink(lesson);
  const long = link.length > LONGEST_QUERY;
  if (long) keepLesson(lesson);
  history.replaceState(null, "", `${location.pathname}${long ? "?opened=1" : link}`);
}
