/** Which call a place in the program is inside of, and which of its arguments it is writing. */
import { tokensOf, type Token } from "./tokens";

export interface Call {
  name: string;
  /** Where the name begins. */
  from: number;
  /** Position among the parameters: a method's first is what stands before its dot. */
  argument: number;
  /** The parameter named by `name=`, null for an argument by position. */
  keyword: string | null;
  /** Every parameter named so far, this one included. */
  named: string[];
}

interface Bracket {
  kind: "call" | "group" | "list" | "index";
  call: Call;
}

/** What a dot may follow without being a method's. */
const PREFIXES = new Set(["np", "numpy", "math", "torch"]);

/** The brackets around an offset, outermost first; an unclosed one ends with its statement's `;` only. */
export function bracketsAt(text: string, offset: number): Bracket[] {
  const open: Bracket[] = [];
  const tokens = tokensOf(text.slice(0, offset));
  tokens.forEach((token, position) => {
    const inside = open.at(-1)?.call;
    if (token.text === "(" || token.text === "[") open.push(opened(tokens, position));
    else if (token.text === ")" || token.text === "]") open.pop();
    else if (token.kind === "break") open.length = 0;
    else if (inside && token.text === ",") {
      inside.argument += 1;
      inside.keyword = null;
    } else if (inside && token.text === "=") {
      inside.keyword = tokens[position - 1]?.text ?? "";
      inside.named.push(inside.keyword);
    }
  });
  return open;
}

function opened(tokens: readonly Token[], position: number): Bracket {
  const before = tokens[position - 1];
  const named = before?.kind === "name";
  const follows = named || before?.text === ")" || before?.text === "]";
  const round = tokens[position]?.text === "(";
  const kind = round ? (named ? "call" : "group") : follows ? "index" : "list";
  const method = tokens[position - 2]?.text === "." && !PREFIXES.has(tokens[position - 3]?.text ?? "");
  const [name, from] = [before?.text ?? "", before?.span[0] ?? 0];
  return { kind, call: { name, from, argument: method ? 1 : 0, keyword: null, named: [] } };
}

/** The innermost call around an offset of a function that is known. */
export function callAt(text: string, offset: number, known: (name: string) => boolean): Call | null {
  const brackets = bracketsAt(text, offset);
  return brackets.findLast(({ kind, call }) => kind === "call" && known(call.name))?.call ?? null;
}

/** The parameters of a signature as written there: "x", "axis=None", a list such as "[x0, x1]". */
export function parametersOf(signature: string): string[] {
  const inside = signature.slice(signature.indexOf("(") + 1, signature.lastIndexOf(")"));
  return inside === "" ? [] : inside.split(/, (?![^[]*\])/);
}

/** Which parameter of a signature a call is writing, -1 for one it does not have. */
export function parameterOf({ argument, keyword }: Call, signature: string): number {
  const parameters = parametersOf(signature);
  if (keyword === null) return argument < parameters.length ? argument : -1;
  return parameters.findIndex((parameter) => parameter.split("=")[0] === keyword);
}
