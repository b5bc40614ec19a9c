/** How the page is looked at: what stands below the network, what is hidden. */

/** What stands below the drawn network. */
export type Bench = "program" | "gradients" | "hidden" | "confusion" | "noise";

export const BENCHES: readonly Bench[] = ["program", "gradients", "hidden", "confusion", "noise"];

export interface View {
  bench: Bench;
  /** Names of groups of controls that a lesson leaves out. */
  hide: readonly string[];
}

export const PLAIN_VIEW: View = { bench: "program", hide: [] };

/** Adds what differs from the plain view. */
export function writeView({ bench, hide }: View, parameters: URLSearchParams): void {
  if (bench !== PLAIN_VIEW.bench) parameters.set("bench", bench);
  if (hide.length > 0) parameters.set("hide", hide.join("-"));
}

/** The view of an address, and the keys that could not be read. */
export function readView(parameters: URLSearchParams): { view: View; mangled: string[] } {
  const mangled: string[] = [];
  function oneOf<T extends string>(key: string, allowed: readonly T[], otherwise: T): T {
    const text = parameters.get(key);
    const found = allowed.find((value) => value === text);
    if (text !== null && found === undefined) mangled.push(key);
    return found ?? otherwise;
  }
  const view: View = {
    bench: oneOf("bench", BENCHES, PLAIN_VIEW.bench),
    hide: (parameters.get("hide") ?? "").split("-").filter((name) => name !== ""),
  };
  return { view, mangled };
}
