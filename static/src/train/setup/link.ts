/** The page's address holds everything chosen, and the program when it was edited. Links carry a version. */
import type { Choices } from "./choices";
import { fittingLoss } from "./fitting";
import { LINKED, type Key } from "./linked";
import { MOST_LINKED, readOwn, writeOwn } from "./own_link";
import { check } from "../../shared/rule";
import { ruleOf, trainingPoints, WIDTH } from "./rules";
import { dataOf, dataOfOwn, defaultSetup, OWN, withHidden, type Setup } from "./setup";
import { readView, writeView, type View } from "./view";

export const VERSION = 1;
/** Updates a second to choose from; null is no limit. */
export const SPEEDS: readonly (number | null)[] = [null, 1000, 100, 30, 10, 1];

export interface Lesson {
  setup: Setup;
  /** Null when it is the layer builder's. */
  program: string | null;
  speed: number | null;
  view: View;
}

export function writeLink({ setup, program, speed, view }: Lesson): string {
  const { data, network, learning } = setup;
  const parameters = new URLSearchParams({ v: String(VERSION), data: data.name });
  if (data.own) {
    if (data.own.label.length <= MOST_LINKED) parameters.set("own", writeOwn(data.own));
  } else parameters.set("samples", String(data.samples));
  parameters.set("hidden", network.hidden.join("-"));
  parameters.set("activation", sparing(network.activations).join("-"));
  for (const { key, read, always, usual } of LINKED) {
    const value = read(setup);
    if (data.own && (key === "classes" || key === "noise")) continue;
    if (always || value !== usual) parameters.set(key, value);
  }
  parameters.set("batch", String(learning.batch));
  if (speed !== null) parameters.set("speed", String(speed));
  writeView(view, parameters);
  if (program !== null) parameters.set("program", program);
  return `?${parameters}`;
}

/** One name where all are alike. */
function sparing(names: readonly string[]): readonly string[] {
  return names.every((name) => name === names[0]) ? names.slice(0, 1) : names;
}

/** The lesson of an address, and in words what of it could not be read: there the default stands. */
export function readLink(search: string, choices: Choices): { lesson: Lesson; notice: string | null } {
  const parameters = new URLSearchParams(search);
  const mangled: string[] = [];
  const defaults = defaultSetup(choices);

  /** The value of a key; the default where it is missing, and where it cannot be read. */
  function take<T>(key: Key | "data" | "own" | "samples" | "hidden" | "activation" | "batch" | "speed", read: (text: string) => T | undefined, otherwise: T): T {
    const text = parameters.get(key);
    if (text === null) return otherwise;
    const found = read(text);
    if (found !== undefined) return found;
    mangled.push(key);
    return otherwise;
  }

  let setup = defaults;
  const own = take("own", readOwn, null);
  if (own) setup = { ...setup, data: dataOfOwn(own, setup.data) };
  else {
    const names = [OWN, ...choices.datasets.map((entry) => entry.name)];
    const named = take("data", (text) => names.find((name) => name === text), defaults.data.name);
    const name = named === OWN ? defaults.data.name : named;
    if (named === OWN) mangled.push("own");
    setup = { ...setup, data: dataOf(choices, name, defaults.data.seed) };
  }
  for (const linked of LINKED) setup = take(linked.key, (text) => linked.write(setup, text, choices), setup);
  if (!own) {
    const samples = take("samples", numberOf("samples"), setup.data.samples);
    setup = { ...setup, data: { ...setup.data, samples } };
  }
  const hidden = take("hidden", widthsOf, setup.network.hidden);
  const activations = take("activation", activationsOf, setup.network.activations);
  const network = withHidden({ ...setup.network, activations }, hidden);
  setup = { ...setup, network: fittingLoss(choices, network, setup.data) };
  const fitting = Math.min(defaults.learning.batch, trainingPoints(setup.data));
  setup = { ...setup, learning: { ...setup.learning, batch: take("batch", numberOf("batch"), fitting) } };
  const speed = take("speed", (text) => SPEEDS.find((speed) => String(speed) === text), null);
  const { view, mangled: unseen } = readView(parameters);
  const lesson = { setup, speed, view, program: parameters.get("program") };
  return { lesson, notice: words(parameters, [...mangled, ...unseen]) };

  function numberOf(field: "samples" | "batch"): (text: string) => number | undefined {
    return (text) => {
      const read = check(text, ruleOf(field, setup.data));
      return "value" in read ? read.value : undefined;
    };
  }

  function activationsOf(text: string): readonly string[] | undefined {
    const names = text.split("-");
    return names.every((name) => choices.activations.includes(name)) ? names : undefined;
  }
}

/** Hidden layers the layer builder writes, at most. */
export const MOST_LAYERS = 8;

function widthsOf(text: string): readonly number[] | undefined {
  if (text === "") return [];
  const read = text.split("-").map((part) => check(part, WIDTH));
  const values = read.flatMap((part) => ("value" in part ? [part.value] : []));
  return values.length === read.length && values.length <= MOST_LAYERS ? values : undefined;
}

function words(parameters: URLSearchParams, mangled: readonly string[]): string | null {
  const notices: string[] = [];
  const version = parameters.get("v") ?? String(VERSION);
  if (!/^\d+$/.test(version)) mangled = ["v", ...mangled];
  else if (Number(version) > VERSION)
    notices.push("This link comes from a newer version: some of it may be missing.");
  if (mangled.length > 0) {
    const names = mangled.map((key) => `\u2018${key}\u2019`).join(", ");
    notices.push(
      `This link could not be read whole: ${names} ${mangled.length === 1 ? "is" : "are"} as usual.`,
    );
  }
  return notices.join(" ") || null;
}
