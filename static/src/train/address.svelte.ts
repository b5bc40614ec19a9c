/** Keeps the page's address in step with the choices, so that a copied link restores them. */
import { writeLink } from "./setup/link";
import type { Trainer } from "./trainer.svelte";

/** Browsers allow a hundred changes of the address in some seconds: a slider makes more. */
const PAUSE = 300;

/** Runs inside an effect. */
export function keepAddress({ setup, speed, view, edited, program }: Trainer): () => void {
  const link = writeLink({ setup, speed, view, program: edited ? program : null });
  const timer = setTimeout(() => history.replaceState(null, "", `${location.pathname}${link}`), PAUSE);
  return () => clearTimeout(timer);
}
