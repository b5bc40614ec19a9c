/** The signature of the call being written, with its present argument in bold, and of a function pointed at. */
import { StateField, type EditorState, type Extension } from "@codemirror/state";
import { hoverTooltip, showTooltip, type Tooltip } from "@codemirror/view";
import { callAt, parameterOf, parametersOf } from "./calls";
import { asCursorBox, element, prose } from "./dom";
import { knownFunctions, setFunctions, type FunctionEntry } from "./functions";
import { tokenBefore } from "./tokens";

/** `current` is the position of the parameter in bold, -1 for none. */
function card({ name, signature, doc }: FunctionEntry, current: number): HTMLElement {
  const parameters = parametersOf(signature).flatMap((parameter, position) => [
    position > 0 ? ", " : "",
    position === current ? element("b", "", [parameter]) : parameter,
  ]);
  const box = element("div", "cm-signature", [
    element("code", "", [`${name}(`, ...parameters, ")"]),
    element("p", "", prose(doc)),
  ]);
  box.setAttribute("data-testid", "signature");
  return box;
}

function boxOfCall(state: EditorState): Tooltip | null {
  const text = state.doc.toString();
  const { head, empty } = state.selection.main;
  if (!empty || tokenBefore(text, head)?.kind === "comment") return null;
  const functions = state.field(knownFunctions);
  const call = callAt(text, head, (name) => functions.has(name));
  const entry = call && functions.get(call.name);
  if (!call || !entry) return null;
  const current = parameterOf(call, entry.signature);
  const create = () => ({ dom: asCursorBox(card(entry, current)) });
  return { pos: call.from, above: true, create };
}

const atCursor = StateField.define<Tooltip | null>({
  create: boxOfCall,
  update(tooltip, { state, docChanged, selection, effects }) {
    const changed = docChanged || selection !== undefined || effects.some((effect) => effect.is(setFunctions));
    return changed ? boxOfCall(state) : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

function boxOfName(state: EditorState, offset: number): Tooltip | null {
  const name = tokenBefore(state.doc.toString(), offset);
  const entry = name?.kind === "name" ? state.field(knownFunctions).get(name.text) : undefined;
  if (!name || !entry) return null;
  const [pos, end] = name.span;
  return { pos, end, above: true, create: () => ({ dom: card(entry, -1) }) };
}

const onHover = hoverTooltip(({ state }, pos, side) => boxOfName(state, side > 0 ? pos + 1 : pos), {
  hideOnChange: true,
});

export const signatures: Extension = [atCursor, onHover];
