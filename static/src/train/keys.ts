/** The keys of the page: a presenter's clicker sends Page Up and Page Down. */
export type Command = "play" | "update" | "epoch" | "reset" | "projector" | "fullscreen" | "help";

const COMMANDS: Record<string, Command> = {
  " ": "play",
  ArrowRight: "update",
  PageDown: "epoch",
  Home: "reset",
  p: "projector",
  P: "projector",
  f: "fullscreen",
  F: "fullscreen",
  "?": "help",
};

export const HELP: readonly { keys: readonly string[]; words: string }[] = [
  { keys: ["Space"], words: "play or pause" },
  { keys: ["\u2192"], words: "one update" },
  { keys: ["PgDn"], words: "one epoch: every training point once" },
  { keys: ["Home"], words: "reset to the very same start" },
  { keys: ["P"], words: "projector: larger type, the plane first" },
  { keys: ["F"], words: "full screen" },
  { keys: ["Tab", "\u2190 \u2191 \u2192 \u2193"], words: "on the plane: read it place by place, with Shift in small steps" },
  { keys: ["Enter", "0\u20139", "E", "M"], words: "there, while drawing: draw, choose the class, erase, move" },
  { keys: ["Ctrl Z"], words: "undo what was drawn" },
  { keys: ["Esc"], words: "leave the editor or a box, so that the keys train" },
  { keys: ["?"], words: "this help" },
];

const BOXES = "input:not([type='radio'], [type='range']), textarea, select, [contenteditable='true'], dialog";

/** The command of a key press, null when the key belongs to what has the focus. */
export function commandOf(event: KeyboardEvent): Command | null {
  return commandIn(COMMANDS, event);
}

/** The same among the commands of another page. */
export function commandIn<T>(commands: Readonly<Record<string, T>>, event: KeyboardEvent): T | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  const command = commands[event.key] ?? null;
  const target = event.target;
  if (command === null || !(target instanceof Element)) return command;
  if (target.closest(BOXES)) return null;
  // radio buttons and sliders move by all keys but Space
  if (event.key !== " ") return target.closest("input") ? null : command;
  // Space presses the button that has the focus
  return target.closest("button, summary, a") ? null : command;
}

/** A button that was clicked by pointer does not keep the focus: Space then plays instead of pressing it again. */
export function letGo(event: MouseEvent): void {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (button && event.detail > 0) button.blur();
}
