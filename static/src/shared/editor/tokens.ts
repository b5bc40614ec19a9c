/** The words of a program as the language cuts it: what the editor's helps look around in. */
import type { Span } from "./spans";

export const NAME = /[\p{L}_][\p{L}\p{N}_]*/u;
export const NUMBER = /(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?/;

export interface Token {
  kind: "comment" | "number" | "name" | "symbol" | "break";
  text: string;
  span: Span;
}

const PIECES = new RegExp(
  `(?<comment>#[^\\n]*)|(?<number>${NUMBER.source})|(?<name>${NAME.source})|(?<break>[\\n;])|(?<symbol>\\*\\*|[=!<>]=|[^\\s])`,
  "gu",
);

/** The tokens of a text; what the language does not know is a symbol. Newlines inside brackets are none. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const piece of text.matchAll(PIECES)) {
    const kind = Object.entries(piece.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
    const word = piece[0];
    if (word === "\n" && depth > 0) continue;
    if ("([".includes(word)) depth += 1;
    if (")]".includes(word)) depth = Math.max(0, depth - 1);
    tokens.push({
      kind: kind as Token["kind"],
      text: word,
      span: [piece.index, piece.index + word.length],
    });
  }
  return tokens;
}

/** The token that ends at an offset or holds it, null between two. */
export function tokenBefore(text: string, offset: number): Token | null {
  return tokensOf(text).find(({ span: [start, end] }) => start < offset && offset <= end) ?? null;
}
