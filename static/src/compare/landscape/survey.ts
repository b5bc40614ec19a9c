/** Which landscape is walked down, by whom, from where: as the address says it. */
import type { Choices } from "../../train/setup/choices";
import { check, type Rule } from "../../shared/rule";

/** The landscape of the net that is compared, in place of one that ships with the server. */
export const NET = "net";

export interface Racer {
  optimizer: string;
  rate: number;
}

export interface Survey {
  /** A shipped landscape's name, or NET; "" for the first that ships. */
  surface: string;
  /** Null for those the landscape comes with. */
  racers: readonly Racer[] | null;
  /** Updates of each; null for as many as the landscape comes with. */
  updates: number | null;
  /** The two trained numbers that all start from; null for the program's own. */
  start: readonly [number, number] | null;
  /** What the plane through a large net is laid along. */
  directions: Directions;
}

export type Directions = "paths" | "random";

export const PLAIN_SURVEY: Survey = { surface: "", racers: null, updates: null, start: null, directions: "paths" };

export const RATE: Rule = { whole: false, lowest: 0, highest: 100 };
export const WALK: Rule = { whole: true, lowest: 1, highest: 5000 };
export const PLACE: Rule = { whole: false, lowest: -100, highest: 100 };

export function writeSurvey({ surface, racers, updates, start, directions }: Survey, parameters: URLSearchParams): void {
  if (surface !== "") parameters.set("surface", surface);
  if (racers) parameters.set("racers", racers.map(({ optimizer, rate }) => `${optimizer}:${rate}`).join(","));
  if (updates !== null) parameters.set("walk", String(updates));
  if (start) parameters.set("start", start.join(","));
  if (directions !== PLAIN_SURVEY.directions) parameters.set("directions", directions);
}

/** The survey of an address, and the keys that could not be read. */
export function readSurvey(parameters: URLSearchParams, choices: Choices): { survey: Survey; mangled: string[] } {
  const mangled: string[] = [];

  function take<T>(key: string, read: (text: string) => T | undefined): T | null {
    const text = parameters.get(key);
    if (text === null) return null;
    const found = read(text);
    if (found === undefined) mangled.push(key);
    return found ?? null;
  }

  const survey: Survey = {
    surface: take("surface", (text) => (/^\w{1,40}$/.test(text) ? text : undefined)) ?? "",
    racers: take("racers", (text) => racersOf(text, choices)),
    updates: take("walk", (text) => numberIn(text, WALK)),
    start: take("start", (text) => {
      const [a, b, ...more] = text.split(",").map((part) => numberIn(part, PLACE));
      return a === undefined || b === undefined || more.length > 0 ? undefined : ([a, b] as const);
    }),
    directions: take("directions", (text) => (["paths", "random"] as const).find((one) => one === text)) ?? PLAIN_SURVEY.directions,
  };
  return { survey, mangled };
}

function racersOf(text: string, choices: Choices): Racer[] | undefined {
  if (text === "") return [];
  const racers = text.split(",").map((part) => {
    const [optimizer = "", rate = ""] = part.split(":");
    const value = numberIn(rate, RATE);
    const known = choices.optimizers.some(({ name }) => name === optimizer);
    return known && value !== undefined ? { optimizer, rate: value } : undefined;
  });
  const found = racers.filter((racer) => racer !== undefined);
  const distinct = new Set(found.map(({ optimizer }) => optimizer)).size === found.length;
  return found.length === racers.length && distinct ? found : undefined;
}

function numberIn(text: string, rule: Rule): number | undefined {
  const read = check(text, rule);
  return "value" in read ? read.value : undefined;
}
