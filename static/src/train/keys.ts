/** The keys of the page: a presenter's clicker sends Page Up and Page Down. */
import { EVERYWHERE, commandIn, type Everywhere, type Told } from "../shared/keys";

export type Command = Everywhere | "play" | "update" | "epoch" | "reset";

const COMMANDS: Record<string, Command> = {
  ...EVERYWHERE,
  " ": "play",
  ArrowRight: "update",
  PageDown: "epoch",
  Home: "reset",
};

export const HELP: readonly Told[] = [
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

/** The command of a key press, null when the key belongs to what has the focus. */
export function commandOf(event: KeyboardEvent): Command | null {
  return commandIn(COMMANDS, event);
}
