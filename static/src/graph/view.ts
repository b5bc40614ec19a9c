/** How the graph is drawn and what stands open beside it: chosen by the reader, held by the link. */
import type { components } from "../shared/schema";
import type { GraphNode } from "./answer";

type Schemas = components["schemas"];

/** Gates lumped by hand, under a name. */
export type Selection = Schemas["Selection"];
export type Target = Schemas["CodeRequest"]["target"];
/** What stands beside the drawing. */
export type Beside = "gate" | "code" | "take";

export interface View {
  /** Ops and selections lumped into one gate each. */
  lump: readonly (string | Selection)[];
  /** Ops taken apart into the gates that make them up. */
  apart: readonly string[];
  /** Statements drawn as one gate, by the key of the node that holds their value; null: as many as the size asks for. */
  collapse: readonly string[] | null;
  copies: boolean;
  constants: boolean;
  /** Key of the node that backward starts from; null is the last statement. */
  output: string | null;
  /** Draws the initializers. */
  seed: number;
  /** Whether every input's gradient is compared with central differences. */
  check: boolean;
  /** Key of the node or edge that is opened. */
  opened: string | null;
  beside: Beside | null;
  code: Target;
  /** Shapes of inputs at which the opened gate's costs are asked for, in place of its own. */
  sizes: Readonly<Record<string, readonly number[]>>;
  dtype: "float64" | "float32";
}

export const PLAIN: View = {
  lump: [],
  apart: [],
  collapse: null,
  copies: false,
  constants: true,
  output: null,
  seed: 0,
  check: false,
  opened: null,
  beside: null,
  code: "flat",
  sizes: {},
  dtype: "float64",
};

/** More gates than this are drawn with their statements collapsed. */
export const MOST_GATES = 300;

/** The statements to collapse: the reader's choice, or every one of several gates where the graph is too large. */
export function collapsed(view: View, statements: readonly Schemas["Statement"][]): readonly string[] {
  if (view.collapse !== null) return view.collapse;
  const gates = statements.reduce((sum, statement) => sum + statement.gates.length, 0);
  if (gates <= MOST_GATES) return [];
  return statements.filter((statement) => statement.gates.length > 1).map((statement) => statement.node);
}

/** What one gate stands for, and how to open it up again; null for a gate that is as the program wrote it. */
export type Lumped = "statement" | "selection" | "op" | null;

export function lumpedAs(node: GraphNode, view: View, statements: readonly string[]): Lumped {
  if (node.members.length === 0) return null;
  if (node.op !== "selection") return "op";
  const byHand = view.lump.some((lump) => typeof lump !== "string" && lump.keys.includes(node.key));
  return !byHand && statements.includes(node.key) ? "statement" : "selection";
}

/** The view with a lumped gate opened up into the gates it stands for. */
export function unlumped(node: GraphNode, view: View, statements: readonly string[]): View {
  switch (lumpedAs(node, view, statements)) {
    case "statement":
      return { ...view, collapse: statements.filter((key) => key !== node.key) };
    case "op":
      return { ...view, lump: view.lump.filter((lump) => lump !== node.op) };
    case "selection":
      return {
        ...view,
        lump: view.lump.filter((lump) => typeof lump === "string" || !lump.keys.includes(node.key)),
      };
    case null:
      return view;
  }
}

/** The view with the gates that make up an op drawn as one: lumped, or no longer taken apart. */
export function withOp(view: View, op: string): View {
  if (view.apart.includes(op)) return { ...view, apart: view.apart.filter((other) => other !== op) };
  return { ...view, lump: [...view.lump.filter((lump) => lump !== op), op] };
}

/** The view without the selections made by hand: after an edit they may name gates that are gone. */
export function withoutSelections(view: View): View {
  return { ...view, lump: view.lump.filter((lump) => typeof lump === "string") };
}
