/** What a word being typed may become: a name of the program, or a function with its signature and what it is. */
import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  insertCompletionText,
  pickedCompletion,
  selectedCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { Prec, type EditorState, type Extension } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";
import { bracketsAt, parametersOf } from "./calls";
import { element, prose } from "./dom";
import { knownFunctions, type FunctionEntry, type Functions } from "./functions";
import { NAME, tokenBefore, tokensOf, type Token } from "./tokens";

/** Words shorter than this are names of their own more often than beginnings. */
const SHORTEST = 2;
const KEYWORDS = new Set(["True", "False", "None", "import", "as", "np", "numpy", "math", "torch"]);

/** The names a program gives, without the word at `offset`, which is still being typed. */
export function namesOf(text: string, offset: number, functions: Functions): string[] {
  const tokens = tokensOf(text);
  const names = tokens.filter(
    ({ kind, text: word, span: [start, end] }, position) =>
      kind === "name" &&
      !(start < offset && offset <= end) &&
      !functions.has(word) &&
      !KEYWORDS.has(word) &&
      !namesParameter(tokens, position),
  );
  return [...new Set(names.map(({ text: name }) => name))];
}

/** Whether the word is a parameter's name, as in `sum(x, axis=0)`: an `=` that begins no statement follows. */
function namesParameter(tokens: readonly Token[], position: number): boolean {
  const before = tokens[position - 1];
  return tokens[position + 1]?.text === "=" && before !== undefined && before.kind !== "break";
}

/** The parameters, as in `low=`, that the call around `offset` may name there. */
export function parametersAt(text: string, offset: number, functions: Functions): string[] {
  const around = bracketsAt(text, offset).at(-1);
  const entry = around?.kind === "call" ? functions.get(around.call.name) : undefined;
  if (!around || !entry || around.call.keyword !== null) return [];
  const { argument, named } = around.call;
  // places that a name has taken are counted too, so what has a name is told by it alone
  const byPlace = argument - named.length;
  return parametersOf(entry.signature)
    .slice(byPlace)
    .filter((parameter) => !parameter.startsWith("[") && (entry.kind === "op" || parameter.includes("=")))
    .map((parameter) => parameter.replace(/=.*/, ""))
    .filter((name) => !named.includes(name))
    .map((name) => `${name}=`);
}

function complete({ state, pos, explicit }: CompletionContext): CompletionResult | null {
  const text = state.doc.toString();
  const functions = state.field(knownFunctions);
  const token = tokenBefore(text, pos);
  const word = token?.kind === "name" ? token : null;
  if (token?.kind === "comment" || token?.kind === "number") return null;
  if (!explicit && (word === null || pos - word.span[0] < SHORTEST)) return null;
  const from = word?.span[0] ?? pos;
  const member = text[from - 1] === ".";
  const names = member ? [] : namesOf(text, pos, functions);
  const parameters = member ? [] : parametersAt(text, from, functions);
  const options = [
    ...parameters.map((label): Completion => ({ label, type: "property", boost: 2 })),
    ...names.map((label): Completion => ({ label, type: "variable", boost: 1 })),
    ...[...functions.values()].map(asCompletion),
  ];
  return { from, options, validFor: new RegExp(`^${NAME.source}$`, "u") };
}

function asCompletion({ name, signature }: FunctionEntry): Completion {
  // of equally good ones the shorter comes first: max before matmul
  const sortText = String(name.length).padStart(2, "0") + name;
  return { label: name, detail: signature.slice(name.length), sortText, type: "function", apply: call };
}

/** Writes the function's name and opens its parentheses, unless they stand there already. */
function call(view: EditorView, completion: Completion, from: number, to: number): void {
  const open = view.state.sliceDoc(to, to + 1) === "(" ? "" : "(";
  view.dispatch({
    ...insertCompletionText(view.state, completion.label + open, from, to),
    annotations: pickedCompletion.of(completion),
  });
}

/** Enter after a word that is already whole is a new line. */
function enter(view: EditorView): boolean {
  const { head } = view.state.selection.main;
  const word = tokenBefore(view.state.doc.toString(), head);
  if (word && selectedCompletion(view.state)?.label === word.text) closeCompletion(view);
  return false;
}

/** What a function is, below its signature. */
function describe({ label }: Completion, state: EditorState): Node | null {
  const entry = state.field(knownFunctions).get(label);
  return entry ? element("div", "cm-completionDoc", prose(entry.doc)) : null;
}

export const completion: Extension = [
  Prec.highest(
    keymap.of([
      { key: "Enter", run: enter },
      { key: "Tab", run: acceptCompletion },
    ]),
  ),
  autocompletion({
    override: [complete],
    icons: false,
    // a Tab as quick as the word is meant for the list too, and not to leave the editor
    interactionDelay: 0,
    addToOptions: [{ render: describe, position: 90 }],
  }),
];
