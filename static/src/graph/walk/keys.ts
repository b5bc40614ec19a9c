/** The keys of the page: a presenter's clicker sends Page Up and Page Down. */
import { EVERYWHERE, commandIn, type Everywhere, type Told } from "../../shared/keys";

export type Command =
  | Everywhere
  | "play"
  | "forward"
  | "back"
  | "first"
  | "last"
  | "code"
  | "take"
  | "close";

const COMMANDS: Record<string, Command> = {
  ...EVERYWHERE,
  " ": "play",
  ArrowRight: "forward",
  PageDown: "forward",
  ArrowLeft: "back",
  PageUp: "back",
  Home: "first",
  End: "last",
  c: "code",
  C: "code",
  t: "take",
  T: "take",
  Escape: "close",
};

export const HELP: readonly Told[] = [
  { keys: ["Space"], words: "play or pause the walk" },
  { keys: ["→", "PgDn"], words: "one step forward" },
  { keys: ["←", "PgUp"], words: "one step back" },
  { keys: ["Home", "End"], words: "to the start, to the end" },
  { keys: ["Tab", "Enter"], words: "to a gate, and open it" },
  { keys: ["S", "U"], words: "at a gate: pick it, to lump several into one; open a lumped one up" },
  { keys: ["↑", "↓"], words: "at an input: change its number" },
  { keys: ["Alt+↑", "Alt+↓"], words: "on a number in the program: more, less" },
  { keys: ["C"], words: "the code beside the graph" },
  { keys: ["T"], words: "take away: link, picture, trace" },
  { keys: ["P"], words: "projector: larger type, the drawing on top" },
  { keys: ["F"], words: "full screen" },
  { keys: ["Esc"], words: "leave the editor, so that the keys walk; close what is beside" },
  { keys: ["?"], words: "this help" },
];

/** The command of a key press, null when the key belongs to what has the focus. */
export function commandOf(event: KeyboardEvent): Command | null {
  // Escape closes a dialog or a menu before what is beside
  if (event.key === "Escape" && document.querySelector("dialog[open], :popover-open")) return null;
  return commandIn(COMMANDS, event);
}
