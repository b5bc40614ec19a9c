/** Numbers in the program follow the pointer that drags them sideways, and Alt with the arrow keys. */
import { isolateHistory } from "@codemirror/commands";
import { StateEffect, StateField, Transaction, type Extension } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type KeyBinding } from "@codemirror/view";
import { knownFunctions } from "./functions";
import { isWhole, literalAt, literalsOf, moved, stepOf, type Literal } from "./numbers";

/** A pointer that moves less has clicked. */
const CLICK = 3;
/** Pixels to a step. */
const PACE = 4;
/** Of a step, with Shift. */
const FINE = 0.1;

interface Grip {
  pointer: number;
  literal: Literal;
  step: number;
  whole: boolean;
  /** Where the pointer was last. */
  x: number;
  started: number;
  travelled: number;
  /** What stands in the program now; null until the pointer has moved further than a click does. */
  written: string | null;
}

const setDragging = StateEffect.define<boolean>();

const dragging = StateField.define<boolean>({
  create: () => false,
  update: (on, { effects }) =>
    effects.reduce((latest, effect) => (effect.is(setDragging) ? effect.value : latest), on),
  provide: (field) =>
    EditorView.editorAttributes.from(field, (on): Record<string, string> => (on ? { class: "cm-dragging" } : {})),
});

const handle = Decoration.mark({ class: "cm-draggable", attributes: { "data-testid": "draggable" } });
const handles = EditorView.decorations.compute(["doc"], ({ doc }) =>
  Decoration.set(literalsOf(doc.toString()).map(({ span: [from, to] }) => handle.range(from, to))),
);

class Dragger {
  grip: Grip | null = null;
  /** The number the keys moved last: it goes on by the step it began with, or 0.9 would follow 1 by less than 1 follows 1.1. */
  nudged: { from: number; text: string; step: number } | null = null;
  readonly view: EditorView;

  constructor(view: EditorView) {
    this.view = view;
  }

  take(event: PointerEvent): void {
    const plain = event.isPrimary && event.button === 0 && !(event.ctrlKey || event.metaKey || event.altKey);
    const held = plain && (event.target as Element).closest(".cm-draggable");
    const found = held ? this.find(this.view.posAtDOM(held)) : null;
    if (found)
      this.grip = {
        ...found,
        pointer: event.pointerId,
        x: event.clientX,
        started: Date.now(),
        travelled: 0,
        written: null,
      };
  }

  /** The number at an offset and how it moves. */
  find(offset: number): Pick<Grip, "literal" | "step" | "whole"> | null {
    const { state } = this.view;
    const text = state.doc.toString();
    const literal = literalAt(text, offset);
    if (!literal) return null;
    const whole = isWhole(text, literal.span[0], state.field(knownFunctions));
    return { literal, whole, step: whole ? 1 : stepOf(literal.text) };
  }

  move({ pointerId, clientX, shiftKey }: PointerEvent): void {
    const { grip, view } = this;
    if (grip?.pointer !== pointerId) return;
    if (grip.written === null) {
      if (Math.abs(clientX - grip.x) < CLICK) return;
      grip.written = grip.literal.text;
      view.contentDOM.setPointerCapture(pointerId);
      view.dispatch({ effects: setDragging.of(true), annotations: isolateHistory.of("before") });
    }
    grip.travelled += (clientX - grip.x) * (shiftKey ? FINE : 1);
    grip.x = clientX;
    const quantum = shiftKey && !grip.whole ? FINE : 1;
    const steps = Math.round(grip.travelled / PACE / quantum) * quantum;
    const text = moved(grip.literal, steps, grip.step);
    const { from, to } = place(grip.literal, grip.written);
    // a program changed under the drag is let go of
    if (view.state.sliceDoc(from, to) !== grip.written) return this.drop();
    if (text === null || text === grip.written) return;
    // one drag is one step of undo: the history joins what happens at one time
    view.dispatch({ changes: { from, to, insert: text }, annotations: Transaction.time.of(grip.started) });
    grip.written = text;
  }

  /** Lets go of the number; after a drag the cursor stands behind it. */
  drop(): void {
    const { grip, view } = this;
    this.grip = null;
    if (grip === null || grip.written === null) return;
    view.dispatch({
      effects: setDragging.of(false),
      selection: { anchor: Math.min(place(grip.literal, grip.written).to, view.state.doc.length) },
      annotations: isolateHistory.of("after"),
    });
  }

  /** The pointer left the number: after a drag the editor has the focus, after a click the cursor is there too. */
  release(event: PointerEvent): void {
    if (this.grip?.pointer !== event.pointerId) return;
    const clicked = this.grip.written === null;
    this.drop();
    // a tap is the browser's own, and its keyboard is not to come up after a drag
    if (event.pointerType === "touch") return;
    this.view.focus();
    if (!clicked) return;
    const at = this.view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
    const { anchor } = this.view.state.selection.main;
    const selection = event.shiftKey ? { anchor, head: at } : { anchor: at };
    this.view.dispatch({ selection, userEvent: "select.pointer" });
  }

  /** Moves the number at the cursor; false where there is none. */
  nudge(steps: number): boolean {
    const { view } = this;
    const found = this.find(view.state.selection.main.head);
    if (!found) return false;
    const { literal, whole } = found;
    const [from, to] = literal.span;
    const goesOn = this.nudged?.from === from && this.nudged.text === literal.text;
    const step = goesOn && this.nudged ? this.nudged.step : found.step;
    const text = moved(literal, whole ? Math.sign(steps) : steps, step);
    if (text === null) return true;
    this.nudged = { from, text, step };
    const selection = { anchor: from + text.length };
    view.dispatch({ changes: { from, to, insert: text }, selection, userEvent: "input.nudge" });
    return true;
  }
}

function place({ span: [from] }: Literal, written: string): { from: number; to: number } {
  return { from, to: from + written.length };
}

const dragger = ViewPlugin.fromClass(Dragger, {
  eventHandlers: {
    pointerdown(event) {
      this.take(event);
    },
    pointermove(event) {
      this.move(event);
    },
    pointerup(event) {
      this.release(event);
    },
    pointercancel() {
      this.drop();
    },
    // a number is taken hold of: no text is selected, unless it is for a word or a line by many clicks
    mousedown(event) {
      if (event.detail > 1) this.grip = null;
      return this.grip !== null;
    },
  },
});

function nudged(view: EditorView, steps: number): boolean {
  return view.plugin(dragger)?.nudge(steps) ?? false;
}

export const numberKeys: readonly KeyBinding[] = [
  { key: "Alt-ArrowUp", run: (view) => nudged(view, 1), shift: (view) => nudged(view, FINE) },
  { key: "Alt-ArrowDown", run: (view) => nudged(view, -1), shift: (view) => nudged(view, -FINE) },
];

export const numberDragging: Extension = [dragging, handles, dragger];
