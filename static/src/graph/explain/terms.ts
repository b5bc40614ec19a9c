/** What a step says: the words and formulas of one gate, taken from the answer and the op table. */
import { latexNumber } from "../../shared/format";
import { toNumber, type Scalar } from "../../shared/tensor";
import {
  isTruncated,
  type GraphEdge,
  type GraphIndex,
  type GraphNode,
  type Ops,
  type Quantity,
} from "../answer";
import { toUnits } from "../../shared/editor/spans";
import type { Happened } from "../walk/steps";
import { coloured, fill } from "./fill";

const LONGEST_CODE = 38;

/** The scalar a quantity is, null for a tensor. */
export function scalarOf(quantity: Quantity | null): Scalar | null {
  return quantity === null || Array.isArray(quantity) || isTruncated(quantity) ? null : quantity;
}

/** The text of the program that a node stands for, null when it is long or has no place. */
export function codeOf(node: GraphNode, source: string): string | null {
  // A copy gate stands where its value is written, and is not that text.
  if (node.span === null || node.op === "copy") return null;
  const [start, end] = toUnits(source, node.span);
  const text = source.slice(start, end).replace(/\s+/g, " ").trim();
  return text.length > 0 && text.length <= LONGEST_CODE ? text : null;
}

function shortened(name: string): string {
  return name.length > LONGEST_CODE ? `${name.slice(0, LONGEST_CODE - 1)}\u2026` : name;
}

/** What to call a node: its name, its number, its text, or its operation. */
export function titleOf(node: GraphNode, source: string, ops: Ops): string {
  if (node.name !== null) return shortened(node.name);
  return codeOf(node, source) ?? ops.get(node.op)?.symbol ?? node.op;
}

/** Numbers by argument name of a gate whose arguments and result are all scalars, else null. */
function numbersOf(index: GraphIndex, node: GraphNode, ops: Ops): Map<string, Scalar> | null {
  const op = ops.get(node.op);
  const out = scalarOf(node.value);
  if (!op || out === null) return null;
  const numbers = new Map<string, Scalar>([["out", out]]);
  for (const edge of index.into(node.id)) {
    const scalar = scalarOf(index.node(edge.source).value);
    const name = op.derivatives[edge.argument]?.argument;
    if (scalar === null || name === undefined) return null;
    numbers.set(name, scalar);
  }
  return numbers;
}

/** The gate's formula with numbers in place, null for tensors. */
export function forwardNumbers(index: GraphIndex, node: GraphNode, ops: Ops): string | null {
  const numbers = numbersOf(index, node, ops);
  const template = ops.get(node.op)?.formula;
  return numbers && template ? fill(template, numbers) : null;
}

/** A name as LaTeX: `W1` has an index, `data_loss` is upright. */
export function latexName(name: string): string {
  const short = shortened(name);
  const [, letters = short, index = ""] = /^([^\W\d_]+)_?(\d*)$/u.exec(short) ?? [];
  const upright = [...letters].length > 1 ? `\\mathrm{${letters.replace(/_/g, "\\_")}}` : letters;
  return index ? `${upright}_{${index}}` : upright;
}

export interface LocalTerms {
  /** What is differentiated by what: `\partial f / \partial q`. */
  derivative: string;
  /** The local gradient in letters: `z`. */
  rule: string;
  /** The same with numbers in place, then the number it comes to; what would only repeat is left out. */
  numbers: string[];
}

/** The server's word for the result of a gate without a name. */
const OUT = "{\\mathrm{out}}";

/** Gates whose formula needs brackets behind a differential. */
const LOOSE = new Set(["add", "subtract", "multiply", "negative"]);
/** What has no name and more letters is called `out`, and as an argument `in`. */
const LONGEST = { out: 24, in: 12 };

/** A node in letters: its name, else its formula. */
function lettersOf({ name, formula, op }: GraphNode): string {
  if (name !== null || formula === null) return latexName(name ?? "in");
  return LOOSE.has(op) ? `(${formula})` : formula;
}

/** How many letters a formula has on paper. */
function written(latex: string): number {
  return latex.replace(/\\(left|right|mathrm|text)\b/g, "").replace(/\\[a-z]+/gi, "x").replace(/[{}^_\s]/g, "").length;
}

/** `\partial f / \partial q`. An argument without a name is written out where it is short. */
function derivativeOf(index: GraphIndex, edge: GraphEdge): string {
  const [gate, argument] = [index.node(edge.target), index.node(edge.source)];
  const position = index.into(gate.id).length > 1 ? `_{${edge.argument + 1}}` : "";
  const short = (node: GraphNode, longest: number) => node.name !== null || written(lettersOf(node)) <= longest;
  const below = short(argument, LONGEST.in) ? lettersOf(argument) : `\\mathrm{in}${position}`;
  const brief = short(argument, LONGEST.in) && short(gate, LONGEST.out);
  const above = gate.name !== null || brief ? lettersOf(gate) : "\\mathrm{out}";
  return `\\dfrac{\\partial ${above}}{\\partial ${below}}`;
}

/** A formula in which the result of a gate without a name is written out. */
function withOut(formula: string, node: GraphNode): string {
  if (node.name !== null || node.formula === null) return formula;
  return formula.replaceAll(`${OUT}^`, `{(${node.formula})}^`).replaceAll(OUT, `{${node.formula}}`);
}

/** The local gradient of one edge, in letters and with numbers in place. */
export function localTerms(index: GraphIndex, edge: GraphEdge, ops: Ops): LocalTerms {
  const node = index.node(edge.target);
  const op = ops.get(node.op);
  const rule = withOut(edge.formula ?? "", node);
  const derivative = derivativeOf(index, edge);
  const template = op?.derivatives[edge.argument]?.formula;
  const numbers = numbersOf(index, node, ops);
  const local = scalarOf(edge.local);
  if (!numbers || !template || local === null || !/\{\w+\}/.test(template))
    return { derivative, rule, numbers: [] };
  const number = bare(latexNumber(local));
  // A rule that is a number already says it all.
  if (bare(rule) === number) return { derivative, rule, numbers: [] };
  const filled = fill(template, numbers);
  const result = coloured(local, "local");
  return { derivative, rule, numbers: bare(filled) === number ? [result] : [filled, result] };
}

/** A formula without colours and grouping, to see whether it is a lone number. */
function bare(latex: string): string {
  return latex.replace(/\\htmlClass\{[\w-]+\}/g, "").replace(/[{}]/g, "");
}

/** Gradients that arrive at a node that is used more than once, in the order in which they arrive. */
export interface Shares {
  node: GraphNode;
  parts: { edge: string; known: boolean; downstream: Quantity }[];
  complete: boolean;
}

/** The sum being made at a node, null when nothing is added up there. */
export function sharesAt(index: GraphIndex, node: string, known: Happened): Shares | null {
  const carrying = index.outOf(node).filter(({ downstream }) => downstream !== null);
  if (carrying.length < 2) return null;
  const parts = carrying.map(({ id, downstream }) => ({
    edge: id,
    known: known.has(id),
    downstream: downstream as Quantity,
  }));
  return { node: index.node(node), parts, complete: parts.every((part) => part.known) };
}

/** True for the last edge of a step that leads to its source: there the sum is told. */
export function endsSum(index: GraphIndex, edges: readonly string[], id: string): boolean {
  const { source } = index.edge(id);
  return edges.findLast((edge) => index.edge(edge).source === source) === id;
}

const MOST_TERMS = 6;

/** `3 + 3 = 6`, with a question mark for what has not arrived; null for tensors and for long sums. */
export function sumLatex({ node, parts, complete }: Shares): string | null {
  if (parts.length > MOST_TERMS) return null;
  const total = scalarOf(node.gradient);
  const terms = parts.map((part) => (part.known ? scalarOf(part.downstream) : "?"));
  if (total === null || terms.some((term) => term === null)) return null;
  const sum = terms
    .map((term, position) => {
      if (term === "?" || term === null) return "\\;?\\;";
      const shown = coloured(term, "gradient");
      return toNumber(term) < 0 && position > 0 ? `(${shown})` : shown;
    })
    .join(" + ");
  return complete ? `${sum} = ${coloured(total, "gradient")}` : sum;
}
