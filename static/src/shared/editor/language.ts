/** Colours of the language: comments, numbers, functions and names, told apart without a parser. */
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import { NAME, NUMBER } from "./tokens";

const number = new RegExp(`^${NUMBER.source}`);
const called = new RegExp(`^${NAME.source}(?=\\s*\\()`, "u");
const name = new RegExp(`^${NAME.source}`, "u");

const language = StreamLanguage.define<null>({
  name: "chainrule",
  startState: () => null,
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return "comment";
    if (stream.match(number)) return "number";
    if (stream.match(/^(True|False|None|import|as)\b/)) return "keyword";
    if (stream.match(called)) return "function";
    if (stream.match(name)) return "variableName";
    if (stream.match(/^(\*\*|[-+*/@^=<>!\u00d7\u00b7\u00f7\u2212]+)/)) return "operator";
    stream.next();
    return "punctuation";
  },
  tokenTable: { function: tags.function(tags.variableName) },
  languageData: { commentTokens: { line: "#" } },
});

const style = HighlightStyle.define([
  { tag: tags.comment, color: "var(--ink-faint)", fontStyle: "italic" },
  { tag: tags.number, color: "var(--value)" },
  { tag: tags.function(tags.variableName), fontWeight: "620" },
  { tag: [tags.operator, tags.punctuation], color: "var(--ink-soft)" },
  { tag: tags.keyword, color: "var(--local)" },
]);

export const highlighting = [language, syntaxHighlighting(style)];
