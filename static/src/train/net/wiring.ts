/** How the layers of a program are wired, read from its statements: what a drawing of units and links can show of it. */
import type { Ready } from "../live/protocol";

export type ColumnKind = "features" | "hidden" | "scores";

/** Units that stand above each other. */
export interface Column {
  name: string;
  kind: ColumnKind;
  units: number;
  activation: string | null;
  /** The trained vector added to the units, null where there is none. */
  bias: string | null;
}

/** Links between two columns: by a matrix, or unit by unit where one is added to the other as it is. */
export interface Wire {
  from: number;
  to: number;
  matrix: string | null;
}

export interface Wiring {
  columns: readonly Column[];
  wires: readonly Wire[];
  /** Trained parameters and layers that a drawing of links cannot show. */
  undrawn: readonly string[];
}

export const NO_WIRING: Wiring = { columns: [], wires: [], undrawn: [] };

/** Rounds of putting helpers in place of their names, and how long a statement may become. */
const ROUNDS = 12;
const LONGEST = 8000;

/** The wiring of the program that is trained. */
export function wiringOf(program: string, ready: Ready): Wiring {
  const statements = statementsOf(program);
  const shapes = new Map(ready.shapes.map(({ name, shape }) => [name, shape]));
  const columns: Column[] = [
    column("X", "features", ready.features.length || ready.data.columns),
    ...ready.layers.map((layer) => column(layer.name, "hidden", layer.units, layer.activation)),
  ];
  if (statements.has("scores")) columns.push(column("scores", "scores", scoreUnits(ready)));
  const kept = new Set([...shapes.keys(), ...columns.map(({ name }) => name)]);
  const wires: Wire[] = [];
  const shown = new Set<string>();
  const undrawn: string[] = [];
  for (const [to, target] of columns.entries()) {
    if (target.kind === "features") continue;
    const text = expanded(statements, target.name, kept);
    const products = productsOf(text);
    const before = wires.length;
    for (const [from, source] of columns.slice(0, to).entries()) {
      for (const [left, matrix] of products) {
        const shape = shapes.get(matrix);
        if (left !== source.name || shape?.length !== 2 || shape[0] !== source.units) continue;
        if (target.kind === "scores") target.units = shape[1] ?? target.units;
        if (shape[1] !== target.units) continue;
        wires.push({ from, to, matrix });
        shown.add(matrix);
      }
      if (source.units === target.units && isAdded(text, source.name)) wires.push({ from, to, matrix: null });
    }
    if (wires.length === before) undrawn.push(target.name);
    target.bias = biasOf(text, target.units, shapes);
    if (target.bias !== null) shown.add(target.bias);
  }
  undrawn.push(...[...shapes.keys()].filter((name) => !shown.has(name)));
  return { columns, wires, undrawn };
}

function column(name: string, kind: ColumnKind, units: number, activation: string | null = null): Column {
  return { name, kind, units, activation, bias: null };
}

function scoreUnits({ data, classes }: Ready): number {
  return data.kind === "values" ? 1 : classes;
}

/** The right side of every assignment by its name. */
export function statementsOf(program: string): Map<string, string> {
  const found = new Map<string, string>();
  let text = "";
  for (const line of program.split("\n")) {
    text += ` ${line.replace(/#.*/, "")}`;
    if (depthOf(text) > 0) continue;
    for (const statement of text.split(";")) {
      const match = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(?!=)\s*(.*\S)/u.exec(statement);
      if (match?.[1] !== undefined && match[2] !== undefined) found.set(match[1], match[2]);
    }
    text = "";
  }
  return found;
}

function depthOf(text: string): number {
  return (text.match(/[([]/g)?.length ?? 0) - (text.match(/[)\]]/g)?.length ?? 0);
}

/** A statement with the statements it is made of in their names' places, down to layers and parameters. */
function expanded(statements: Map<string, string>, name: string, kept: Set<string>): string {
  let text = statements.get(name) ?? "";
  for (let round = 0; round < ROUNDS && text.length < LONGEST; round += 1) {
    const next = text.replace(/[\p{L}_][\p{L}\p{N}_]*/gu, (word) => {
      const inner = kept.has(word) ? undefined : statements.get(word);
      return inner === undefined ? word : `(${inner})`;
    });
    if (next === text) break;
    text = next;
  }
  return text;
}

/** Pairs of names that are multiplied as matrices, and nothing else with them. */
function productsOf(text: string): [string, string][] {
  const name = String.raw`(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)`;
  const end = String.raw`(?![\p{L}\p{N}_.\[(])`;
  const forms = [
    `${name}\\s*@\\s*${name}${end}`,
    `(?:matmul|dot)\\(\\s*${name}\\s*,\\s*${name}\\s*\\)`,
    `${name}\\.(?:dot|matmul)\\(\\s*${name}\\s*\\)`,
  ];
  return forms.flatMap((form) =>
    [...text.matchAll(new RegExp(form, "gu"))].map(([, left = "", right = ""]): [string, string] => [left, right]),
  );
}

/** Whether the name stands in a sum by itself. */
function isAdded(text: string, name: string): boolean {
  const word = `(?<![\\p{L}\\p{N}_.])${name}(?![\\p{L}\\p{N}_])`;
  return (
    new RegExp(`\\+\\s*${word}\\s*(?![\\s@*/^.\\[])`, "u").test(text) ||
    new RegExp(`(?:^|[(+])\\s*${word}\\s*\\+`, "u").test(text)
  );
}

function biasOf(text: string, units: number, shapes: Map<string, readonly number[]>): string | null {
  for (const [name, shape] of shapes) {
    const row = shape.length === 2 && shape[0] === 1 ? shape.slice(1) : shape;
    if (row.length === 1 && row[0] === units && isAdded(text, name)) return name;
  }
  return null;
}
