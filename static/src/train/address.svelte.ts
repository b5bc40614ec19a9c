/** Keeps the page's address in step with the choices, so that a copied link restores them. */
import { writeLink } from "./setup/link";
import { hasWeights, readWeights } from "./setup/weights_link";
import type { Trainer } from "./trainer.svelte";

/** Browsers allow a hundred changes of the address in some seconds: a slider makes more. */
const PAUSE = 300;

/** Runs inside an effect. */
export function keepAddress({ setup, speed, view, edited, program, behind }: Trainer): () => void {
  const query = writeLink({ setup, speed, view, program: edited ? program : null });
  const link = query + (behind?.hash ?? "");
  const timer = setTimeout(() => history.replaceState(null, "", `${location.pathname}${link}`), PAUSE);
  return () => clearTimeout(timer);
}

/** Brings the weights behind the address along, if there are any; then the training may begin. */
export async function bringWeights(trainer: Trainer): Promise<void> {
  const { hash } = location;
  if (!hasWeights(hash)) return;
  const state = await readWeights(hash);
  if (state) trainer.bring(state, hash);
  else trainer.unread();
}

/** Runs inside an effect: weights behind the address are those shown, or none. */
export function keepWeights(trainer: Trainer): void {
  const { behind } = trainer;
  const fingerprint = trainer.run.frame?.fingerprint;
  if (behind === null || fingerprint === undefined || fingerprint === behind.fingerprint) return;
  trainer.behind = behind.fingerprint === null ? { ...behind, fingerprint } : null;
}
