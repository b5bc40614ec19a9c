/** The page's address holds the lesson: program, inputs, step. Links carry a version. */
import type { Tensor } from "../shared/tensor";
import type { View } from "./view";
import { readView, writeView } from "./view_link";

export const VERSION = 1;

export interface Lesson {
  source: string;
  inputs: Record<string, Tensor>;
  upstream: Tensor | null;
  /** Null is the end of the walk: every number shown. */
  step: number | null;
  view: View;
  /** What it is, in a sentence for its reader. */
  about: string | null;
}

export interface Link {
  lesson: Lesson | null;
  /** The id of an example to open in place of a program. */
  example: string | null;
  /** What could not be read, in words. */
  notice: string | null;
}

/** A longer query is refused by servers: it stands behind a #, which is not sent to them. */
export const LONGEST_QUERY = 32_000;

/** The address of a page that opens this lesson; `own` are the page's parameters beside it. */
export function addressOf(path: string, lesson: Lesson, own: Readonly<Record<string, string>> = {}): string {
  const link = writeLink(lesson);
  const extra = new URLSearchParams(own).toString();
  if (link.length > LONGEST_QUERY) return `${path}${extra && `?${extra}`}#${link.slice(1)}`;
  return `${path}${link}${extra && `&${extra}`}`;
}

/** What of an address is to be read as a link. */
export function queryOf({ search, hash }: Pick<Location, "search" | "hash">): string {
  return hash.length > 1 ? `?${hash.slice(1)}` : search;
}

export function writeLink({ source, inputs, upstream, step, view, about }: Lesson): string {
  const parameters = new URLSearchParams({ v: String(VERSION), source });
  if (Object.keys(inputs).length > 0) parameters.set("inputs", JSON.stringify(inputs));
  if (upstream !== null) parameters.set("upstream", JSON.stringify(upstream));
  if (step !== null) parameters.set("step", String(step));
  writeView(view, parameters);
  if (about !== null) parameters.set("about", about);
  return `?${parameters}`;
}

export function readLink(search: string): Link {
  const parameters = new URLSearchParams(search);
  const notices: string[] = [];
  const version = Number(parameters.get("v") ?? VERSION);
  if (version > VERSION) notices.push("this link comes from a newer version: some of it may be missing");
  const source = parameters.get("source");
  const inputs = readJson(parameters.get("inputs"), isInputs);
  const upstream = readJson(parameters.get("upstream"), isTensor);
  if (inputs === "mangled" || upstream === "mangled")
    notices.push("the link's values could not be read and were left out");
  const step = readStep(parameters.get("step"));
  if (step === "mangled") notices.push("the link's step could not be read: the whole walk is shown");
  const { view, mangled } = readView(parameters);
  if (mangled.length > 0)
    notices.push(`the link's ${mangled.map((key) => `‘${key}’`).join(", ")} could not be read and was left out`);
  const lesson: Lesson | null =
    source === null
      ? null
      : {
          source,
          inputs: inputs === "mangled" || inputs === null ? {} : inputs,
          upstream: upstream === "mangled" ? null : upstream,
          step: step === "mangled" ? null : step,
          view,
          about: parameters.get("about"),
        };
  return { lesson, example: parameters.get("example"), notice: notices.join("; ") || null };
}

function readJson<Value>(
  text: string | null,
  accepts: (value: unknown) => value is Value,
): Value | null | "mangled" {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return accepts(value) ? value : "mangled";
  } catch {
    return "mangled";
  }
}

function readStep(text: string | null): number | null | "mangled" {
  if (text === null) return null;
  const step = Number(text);
  return text !== "" && Number.isInteger(step) && step >= 0 ? step : "mangled";
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === "number" || (Array.isArray(value) && value.length > 0 && value.every(isTensor));
}

function isInputs(value: unknown): value is Record<string, Tensor> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isTensor)
  );
}
