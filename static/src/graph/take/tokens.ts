/** Colours for code that is only read: each line by itself, told apart without a parser. */
import type { Target } from "../view";

export type Kind = "comment" | "string" | "keyword" | "number" | "plain";

export interface Token {
  kind: Kind;
  text: string;
}

const NUMBER = String.raw`(?<number>(?<![\p{L}\p{N}_.])(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`;

const PYTHON = rules(
  String.raw`(?<comment>#.*)`,
  String.raw`(?<string>f?"""(?:[^"]|"(?!""))*"""|f?"(?:[^"\\]|\\.)*")`,
  String.raw`(?<keyword>\b(?:as|class|def|for|from|if|import|in|is|lambda|not|return|None|True|False)\b)`,
  NUMBER,
);
const LATEX = rules(String.raw`(?<comment>(?<!\\)%.*)`, String.raw`(?<keyword>\\(?:[A-Za-z]+\*?|.))`, NUMBER);
const DOT = rules(
  String.raw`(?<string>"(?:[^"\\]|\\.)*")`,
  String.raw`(?<keyword>\b(?:digraph|edge|node|subgraph)\b|->)`,
  NUMBER,
);

const LANGUAGES: Record<Target, RegExp> = {
  flat: PYTHON,
  modular: PYTHON,
  pytorch: PYTHON,
  latex: LATEX,
  dot: DOT,
};

function rules(...patterns: string[]): RegExp {
  return new RegExp(patterns.join("|"), "gu");
}

/** The parts of a line in order; together they are the line. */
export function tokensOf(line: string, target: Target): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of line.matchAll(LANGUAGES[target])) {
    if (match.index > end) tokens.push({ kind: "plain", text: line.slice(end, match.index) });
    tokens.push({ kind: kindOf(match), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < line.length) tokens.push({ kind: "plain", text: line.slice(end) });
  return tokens;
}

function kindOf({ groups = {} }: RegExpMatchArray): Kind {
  const kinds: readonly Kind[] = ["comment", "string", "keyword", "number"];
  return kinds.find((kind) => groups[kind] !== undefined) ?? "plain";
}
