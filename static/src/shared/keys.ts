/** Key presses as commands, and the keys that mean the same on every page. */

export type Everywhere = "projector" | "fullscreen" | "help";

export const EVERYWHERE: Readonly<Record<string, Everywhere>> = {
  p: "projector",
  P: "projector",
  f: "fullscreen",
  F: "fullscreen",
  "?": "help",
};

/** What a help says of some keys. */
export interface Told {
  keys: readonly string[];
  words: string;
}

export const EVERYWHERE_TOLD: readonly Told[] = [
  { keys: ["P"], words: "projector: larger type" },
  { keys: ["F"], words: "full screen" },
  { keys: ["?"], words: "this help" },
];

const BOXES = "input:not([type='radio'], [type='range']), textarea, select, [contenteditable='true'], dialog";

/** The command of a key press, null when the key belongs to what has the focus. */
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
