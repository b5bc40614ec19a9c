/** How the page is looked at: which room is open, what stands below the network, what is hidden. */

/** One network, or several side by side. */
export type Room = "net";

/** What stands below the drawn network. */
export type Bench = "program" | "gradients" | "hidden" | "confusion" | "noise";

export const ROOMS: readonly Room[] = ["net"];
export const BENCHES: readonly Bench[] = ["program", "gradients", "hidden", "confusion", "noise"];

export interface View {
  room: Room;
  bench: Bench;
  /** Names of groups of controls that a lesson leaves out. */
  hide: readonly string[];
}

export const PLAIN_VIEW: View = { room: "net", bench: "program", hide: [] };

/** Adds what differs from the plain view. */
export function writeView({ room, bench, hide }: View, parameters: URLSearchParams): void {
  if (room !== PLAIN_VIEW.room) parameters.set("room", room);
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
    room: oneOf("room", ROOMS, PLAIN_VIEW.room),
    bench: oneOf("bench", BENCHES, PLAIN_VIEW.bench),
    hide: (parameters.get("hide") ?? "").split("-").filter((name) => name !== ""),
  };
  return { view, mangled };
}
