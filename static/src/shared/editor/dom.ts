/** Elements of the editor's boxes, which CodeMirror places and no component renders. */

/** A sentence in which what stands between backticks is code. */
export function prose(text: string): Node[] {
  // odd parts stood between backticks
  return text.split("`").map((part, position) => {
    if (position % 2 === 0) return document.createTextNode(part);
    return element("code", "", [part]);
  });
}

export function element(tag: string, name: string, children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  made.append(...children);
  return made;
}

/** A box that is there only while the editor has the focus. */
export function asCursorBox(box: HTMLElement): HTMLElement {
  box.classList.add("cm-at-cursor");
  return box;
}
