/** What is wrong and what to do, in a box at the underlined text: when it is pointed at, or when the cursor is moved there. */
import { StateField, type EditorState, type Extension } from "@codemirror/state";
import { hoverTooltip, showTooltip, type Tooltip } from "@codemirror/view";
import { sentence } from "../problem";
import { asCursorBox, element, prose } from "./dom";
import { mistakeAt, type Mistake } from "./marks";

function card({ detail, hint }: Mistake): HTMLElement {
  const lines = [element("p", "cm-mistake-detail", prose(sentence(detail)))];
  if (hint !== null) lines.push(element("p", "", prose(sentence(hint))));
  const box = element("div", "cm-mistake", lines);
  box.setAttribute("data-testid", "mistake");
  return box;
}

function boxAt(state: EditorState, offset: number, dress: (box: HTMLElement) => HTMLElement): Tooltip | null {
  const mistake = mistakeAt(state, offset);
  if (!mistake) return null;
  const [pos, end] = mistake.span;
  return { pos, end, above: false, create: () => ({ dom: dress(card(mistake)) }) };
}

/** Typing closes it: a word half written is no mistake yet. */
const atCursor = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, { state, docChanged, selection }) {
    if (docChanged) return null;
    return selection ? boxAt(state, selection.main.head, asCursorBox) : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

const onHover = hoverTooltip(({ state }, pos) => boxAt(state, pos, (box) => box), { hideOnChange: true });

export const mistakes: Extension = [atCursor, onHover];
