/** Marks over the program: the problem underlined, the text of the current step lit. */
import { RangeSetBuilder, StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import type { Span } from "./spans";

export interface Marks {
  problem: Span | null;
  lit: Span | null;
}

export const setMarks = StateEffect.define<Marks>();

const underline = Decoration.mark({ class: "cm-problem", attributes: { "data-testid": "problem-mark" } });
const lit = Decoration.mark({ class: "cm-lit", attributes: { "data-testid": "lit-text" } });

/** An empty span is shown on the character before it, or on the one after it at the start of a line. */
export function visible([start, end]: Span, doc: Text): Span | null {
  const from = Math.min(start, doc.length);
  const to = Math.min(end, doc.length);
  if (from < to) return [from, to];
  const line = doc.lineAt(from);
  if (from > line.from) return [from - 1, from];
  return from < line.to ? [from, from + 1] : null;
}

function decorate({ problem, lit: current }: Marks, doc: Text): DecorationSet {
  const ranges = [
    { span: problem, mark: underline },
    { span: current, mark: lit },
  ].flatMap(({ span, mark }) => {
    const shown = span && visible(span, doc);
    return shown ? [{ from: shown[0], to: shown[1], mark }] : [];
  });
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to, mark } of ranges.sort((a, b) => a.from - b.from)) builder.add(from, to, mark);
  return builder.finish();
}

export const marks: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) next = decorate(effect.value, transaction.newDoc);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
