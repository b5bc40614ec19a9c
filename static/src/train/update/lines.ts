/** A line of an optimizer's rule as LaTeX: in letters, and with numbers in their places. */
import { coloured, fill } from "../../graph/explain/fill";
import type { components } from "../../shared/schema";

type Element = components["schemas"]["ElementUpdate"];
type Line = components["schemas"]["RuleLine"];

export interface WrittenLine {
  name: string;
  /** "w_t = w_{t-1} + \Delta_t". */
  rule: string;
  /** The same with numbers, and what they come to. */
  numbers: string;
}

const GRADIENTS = ["raw", "clipped", "gradient", "norm"];

/** The colour of a quantity: gradients are orange, weights blue, and all else is in plain ink. */
export function channelOf(name: string): "gradient" | "value" | "plain" {
  if (GRADIENTS.includes(name)) return "gradient";
  return ["before", "shrunk", "after"].includes(name) ? "value" : "plain";
}

export function written({ numbers, symbols, lines }: Element): WrittenLine[] {
  const known = new Map(Object.entries(numbers));
  const letter = (name: string) => `\\htmlClass{${channelOf(name)}}{${symbols[name] ?? name}}`;
  return lines.map(({ name, latex, value }: Line) => {
    const left = letter(name);
    const letters = latex.replace(/\{(\w+)\}/g, (place: string, inner: string) =>
      inner in symbols ? `{${letter(inner)}}` : place,
    );
    const result = coloured(value, channelOf(name));
    // a line that only hands a number on says it once
    const filled = /^\{\w+\}$/.test(latex) ? "" : `${fill(latex, known, channelOf)} =`;
    return { name, rule: `${left} = ${letters}`, numbers: `${filled} ${result}`.trim() };
  });
}

