/** Keeps the page's address in step with the session, so that a copied link restores it. */
import type { Session } from "./session.svelte";
import { writeLink } from "./link";

/** Browsers allow a hundred changes of the address in some seconds: a slider makes more. */
const PAUSE = 300;

/** Runs inside an effect. */
export function keepAddress(session: Session): () => void {
  const link = writeLink(session.lesson());
  const timer = setTimeout(() => history.replaceState(null, "", `${location.pathname}${link}`), PAUSE);
  return () => clearTimeout(timer);
}
