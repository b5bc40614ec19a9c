/** The keys of the page: a presenter's clicker sends Page Up and Page Down. */
export type Command = "play" | "forward" | "back" | "first" | "last" | "projector" | "fullscreen" | "help";

const COMMANDS: Record<string, Command> = {
  " ": "play",
  ArrowRight: "forward",
  PageDown: "forward",
  ArrowLeft: "back",
  PageUp: "back",
  Home: "first",
  End: "last",
  p: "projector",
  P: "projector",
  f: "fullscreen",
  F: "fullscreen",
  "?": "help",
};

export const HELP: readonly { keys: readonly string[]; words: string }[] = [
  { keys: ["Space"], words: "play or pause the walk" },
  { keys: ["→", "PgDn"], words: "one step forward" },
  { keys: ["←", "PgUp"], words: "one step back" },
  { keys: ["Home", "End"], words: "to the start, to the end" },
  { keys: ["P"], words: "projector: larger type, the drawing on top" },
  { keys: ["F"], words: "full screen" },
  { keys: ["Esc"], words: "leave the editor, so that the keys walk" },
  { keys: ["?"], words: "this help" },
];

/** The command of a key press, null when the key belongs to what has the focus. */
export function commandOf(event: KeyboardEvent): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  const command = COMMANDS[event.key] ?? null;
  const target = event.target;
  if (command === null || !(target instanceof Element)) return command;
  if (target.closest("input, textarea, select, [contenteditable='true']")) return null;
  // Space and Enter press the button that has the focus.
  if (event.key === " " && target.closest("button, summary, a")) return null;
  return command;
}
