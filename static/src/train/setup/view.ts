/** How the page is looked at: what stands below the network, how the plane is drawn, what is hidden. */
import { check, type Rule } from "../../shared/rule";

/** What stands below the drawn network. */
export type Bench = "program" | "gradients" | "update" | "hidden" | "confusion" | "noise" | "collapse";

export const BENCHES: readonly Bench[] = ["program", "gradients", "update", "hidden", "confusion", "noise", "collapse"];

/** Groups of controls that a lesson may leave out, and parts of the page. */
export const GROUPS = ["data", "features", "network", "loss", "learning", "stop"] as const;
export const PARTS = ["net", "bench", "tools"] as const;

/** The ground of the plane: the stronger the surer, or each class in one colour. */
export type Ground = "shades" | "flat";

const GROUNDS: readonly Ground[] = ["shades", "flat"];

/** How many nearest neighbours may vote. */
export const NEIGHBOURS: Rule = { whole: true, lowest: 1, highest: 100 };

/** What the chart shows. */
export type Shown = "loss" | "accuracy";

export const CURVES: readonly Shown[] = ["loss", "accuracy"];

export interface View {
  bench: Bench;
  ground: Ground;
  /** Whether points that are taken for another class are marked. */
  mistakes: boolean;
  /** How many nearest neighbours draw the boundary beside the network's; null for none beside it. */
  neighbours: number | null;
  curve: Shown;
  /** Whether losses stand on a logarithmic scale. */
  logarithmic: boolean;
  /** Names of groups of controls, of parts of the page, and ids of single controls that a lesson leaves out. */
  hide: readonly string[];
}

export const PLAIN_VIEW: View = {
  bench: "program",
  ground: "shades",
  mistakes: true,
  neighbours: null,
  curve: "loss",
  logarithmic: false,
  hide: [],
};

/** Adds what differs from the plain view. */
export function writeView(view: View, parameters: URLSearchParams): void {
  if (view.bench !== PLAIN_VIEW.bench) parameters.set("bench", view.bench);
  if (view.ground !== PLAIN_VIEW.ground) parameters.set("ground", view.ground);
  if (!view.mistakes) parameters.set("mistakes", "0");
  if (view.neighbours !== null) parameters.set("neighbours", String(view.neighbours));
  if (view.curve !== PLAIN_VIEW.curve) parameters.set("curve", view.curve);
  if (view.logarithmic) parameters.set("log", "1");
  if (view.hide.length > 0) parameters.set("hide", view.hide.join(","));
}

/** The view of an address, and the keys that could not be read. */
export function readView(parameters: URLSearchParams): { view: View; mangled: string[] } {
  const mangled: string[] = [];
  function take<T>(key: string, read: (text: string) => T | undefined, otherwise: T): T {
    const text = parameters.get(key);
    const found = text === null ? otherwise : read(text);
    if (found === undefined) mangled.push(key);
    return found ?? otherwise;
  }
  const oneOf =
    <T extends string>(allowed: readonly T[]) =>
    (text: string) =>
      allowed.find((value) => value === text);
  const view: View = {
    bench: take("bench", oneOf(BENCHES), PLAIN_VIEW.bench),
    ground: take("ground", oneOf(GROUNDS), PLAIN_VIEW.ground),
    mistakes: take("mistakes", (text) => ({ "0": false, "1": true })[text], PLAIN_VIEW.mistakes),
    neighbours: take<number | null>("neighbours", neighboursOf, PLAIN_VIEW.neighbours),
    curve: take("curve", oneOf(CURVES), PLAIN_VIEW.curve),
    logarithmic: take("log", (text) => ({ "0": false, "1": true })[text], PLAIN_VIEW.logarithmic),
    hide: (parameters.get("hide") ?? "").split(",").filter((name) => name !== ""),
  };
  return { view, mangled };
}

function neighboursOf(text: string): number | undefined {
  const read = check(text, NEIGHBOURS);
  return "value" in read ? read.value : undefined;
}
