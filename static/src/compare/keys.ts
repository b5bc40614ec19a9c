/** The keys of the page, as on the training page: a presenter's clicker sends Page Up and Page Down. */
import { EVERYWHERE, EVERYWHERE_TOLD, commandIn, type Everywhere, type Told } from "../shared/keys";

export type Command = Everywhere | "play" | "update" | "hundred" | "back" | "reset";

const COMMANDS: Record<string, Command> = {
  ...EVERYWHERE,
  " ": "play",
  ArrowRight: "update",
  PageDown: "hundred",
  PageUp: "back",
  Home: "reset",
};

export const HELP: readonly Told[] = [
  { keys: ["Space"], words: "play or pause" },
  { keys: ["\u2192"], words: "one update of every net; one step of a race" },
  { keys: ["PgDn"], words: "a hundred updates; the next stage of the guided run" },
  { keys: ["PgUp"], words: "the stage before" },
  { keys: ["Home"], words: "reset to the very same start" },
  ...EVERYWHERE_TOLD,
];

/** The command of a key press, null when the key belongs to what has the focus. */
export function commandOf(event: KeyboardEvent): Command | null {
  return commandIn(COMMANDS, event);
}
