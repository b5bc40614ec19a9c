/** What is written into other places: a shell, a page, a Python script. */
import { PLAIN } from "../view";
import type { GraphRequest } from "../answer";
import { pathOf } from "../ask";

/** Asked for by leaving it out. */
const UNASKED: Partial<Record<keyof GraphRequest, unknown>> = {
  inputs: {},
  upstream: null,
  lump: [],
  apart: [],
  collapse: [],
  copies: false,
  output: null,
  seed: PLAIN.seed,
  check: false,
};

/** The question as JSON, without what is so anyway. */
export function questionJson(question: GraphRequest): string {
  const asked = Object.entries(question).filter(
    ([field, value]) => JSON.stringify(UNASKED[field as keyof GraphRequest]) !== JSON.stringify(value),
  );
  return JSON.stringify(Object.fromEntries(asked));
}

/** One word to a POSIX shell, whatever is in it. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A longer question is no line of a shell: it is sent from a file. */
export const LONGEST_CALL = 2000;

/** The call that gives the trace of this question, written out or in a file of this name. */
export function curlCall(origin: string, question: GraphRequest, file: string | null): string {
  return [
    `curl -s ${origin}${pathOf(question)}`,
    "  -H 'Content-Type: application/json'",
    `  -d ${file === null ? shellQuoted(questionJson(question)) : shellQuoted(`@${file}`)}`,
  ].join(" \\\n");
}

/** The same call from Python, with nothing to install. */
export function pythonCall(origin: string, question: GraphRequest, file: string | null): string {
  const text = pythonText(file ?? questionJson(question));
  return `import json
${file === null ? "" : "from pathlib import Path\n"}from urllib.request import Request, urlopen

question = ${file === null ? text : `Path(${text}).read_text("utf-8")`}
headers = {"Content-Type": "application/json"}
with urlopen(Request("${origin}${pathOf(question)}", question.encode(), headers)) as answer:
    trace = json.load(answer)
print(trace["gradients"])
`;
}

/** A Python literal of a text: raw where that can be, so that it reads as it is sent. */
function pythonText(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `r'${text}'`;
}

export interface Frame {
  address: string;
  title: string;
  width: string;
  height: string;
}

/** A frame for another page. */
export function frameMarkup({ address, title, width, height }: Frame): string {
  const attributes = { src: address, title, width, height, loading: "lazy" };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `<iframe ${written.join(" ")} style="border: 0"></iframe>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
