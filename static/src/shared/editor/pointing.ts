/** Which character of the program the pointer is over. */
import { EditorView } from "@codemirror/view";
import type { Extension } from "@codemirror/state";

/** Calls with the offset of that character, and with null when it is over none. */
export function pointing(onpoint: (offset: number | null) => void): Extension {
  let last: number | null = null;
  const tell = (offset: number | null) => {
    if (offset !== last) onpoint((last = offset));
  };
  return EditorView.domEventHandlers({
    pointermove(event, view) {
      // with a button held, text is selected or a number dragged
      if (event.pointerType === "touch" || event.buttons !== 0) return;
      tell(characterAt(view, event.clientX, event.clientY));
    },
    pointerleave: () => tell(null),
  });
}

function characterAt(view: EditorView, x: number, y: number): number | null {
  const place = view.posAndSideAtCoords({ x, y });
  if (place === null) return null;
  const offset = place.assoc < 0 ? place.pos - 1 : place.pos;
  const box = offset >= 0 ? view.coordsForChar(offset) : null;
  // beyond the end of a line the nearest character is not the one pointed at
  return box && box.left <= x && x <= box.right ? offset : null;
}
