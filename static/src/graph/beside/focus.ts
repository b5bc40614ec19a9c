/** The focus goes into what stands beside the graph, and back to where it came from. */
import { tick } from "svelte";

let from: Element | null = null;

const beside = () => document.querySelector<HTMLElement>('[data-testid="beside"]');

/** What has the focus now has it again when what stands beside is closed. */
export function returnHere(): void {
  if (!beside()?.contains(document.activeElement)) from = document.activeElement;
}

/** Once it stands there: its keys are its own, and the arrow keys still walk. */
export async function enterBeside(): Promise<void> {
  returnHere();
  await tick();
  beside()?.querySelector<HTMLElement>('[role="tabpanel"]')?.focus();
}

/** Calls `close`; a focus that was inside returns. */
export async function leaveBeside(close: () => void): Promise<void> {
  const inside = beside()?.contains(document.activeElement) ?? false;
  close();
  await tick();
  if (inside && from?.isConnected) (from as HTMLElement).focus();
}
