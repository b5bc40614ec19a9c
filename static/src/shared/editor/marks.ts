/** Marks over the program: the problem underlined, the text of the current step lit with its line, the gate pointed at framed. */
import { Prec, StateEffect, StateField, type EditorState, type Extension, type Range, type Text } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import type { Span } from "./spans";

/** What is wrong, where, and what to do about it. */
export interface Mistake {
  span: Span;
  detail: string;
  hint: string | null;
}

export interface Marks {
  problem: Mistake | null;
  lit: Span | null;
  pointed: Span | null;
}

export const setMarks = StateEffect.define<Marks>();

const lit = Decoration.mark({ class: "cm-lit", attributes: { "data-testid": "lit-text" } });
const litLine = Decoration.line({ class: "cm-lit-line", attributes: { "data-testid": "lit-line" } });
const pointed = Decoration.mark({ class: "cm-pointed", attributes: { "data-testid": "pointed-text" } });

function underline(mistake: Mistake): Decoration {
  return Decoration.mark({ class: "cm-problem", attributes: { "data-testid": "problem-mark" }, mistake });
}

/** An empty span is shown on the character before it, or on the one after it at the start of a line. */
export function visible([start, end]: Span, doc: Text): Span | null {
  const from = Math.min(start, doc.length);
  const to = Math.min(end, doc.length);
  if (from < to) return [from, to];
  const line = doc.lineAt(from);
  if (from > line.from) return [from - 1, from];
  return from < line.to ? [from, from + 1] : null;
}

function* rangesOf(marks: Marks, doc: Text): Generator<Range<Decoration>> {
  const { problem } = marks;
  const spans = [
    { span: problem?.span ?? null, mark: problem && underline(problem) },
    { span: marks.lit, mark: lit },
    { span: marks.pointed, mark: pointed },
  ];
  for (const { span, mark } of spans) {
    const shown = span && visible(span, doc);
    if (!shown || !mark) continue;
    yield mark.range(...shown);
    if (mark === lit) yield litLine.range(doc.lineAt(shown[0]).from);
  }
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) next = Decoration.set([...rangesOf(effect.value, transaction.newDoc)], true);
    }
    return next;
  },
  provide: (self) => EditorView.decorations.from(self),
});

/** The mistake that is underlined at an offset, with where its mark now stands. */
export function mistakeAt(state: EditorState, offset: number): Mistake | null {
  let found: Mistake | null = null;
  state.field(field).between(offset, offset, (from, to, { spec }) => {
    const { mistake } = spec as { mistake?: Mistake };
    if (mistake) found = { ...mistake, span: [from, to] };
  });
  return found;
}

/** Around the colours and the numbers to drag, so that each mark is one box. */
export const marks: Extension = Prec.lowest(field);
