/** The keys of the page, as on the training page: a presenter's clicker sends Page Up and Page Down. */
export type Command = "play" | "update" | "hundred" | "back" | "reset" | "projector" | "fullscreen" | "help";

export const COMMANDS: Record<string, Command> = {
  " ": "play",
  ArrowRight: "update",
  PageDown: "hundred",
  PageUp: "back",
  Home: "reset",
  p: "projector",
  P: "projector",
  f: "fullscreen",
  F: "fullscreen",
  "?": "help",
};

export const HELP: readonly { keys: readonly string[]; words: string }[] = [
  { keys: ["Space"], words: "play or pause" },
  { keys: ["\u2192"], words: "one update of every net; one step of a race" },
  { keys: ["PgDn"], words: "a hundred updates; the next stage of the guided run" },
  { keys: ["PgUp"], words: "the stage before" },
  { keys: ["Home"], words: "reset to the very same start" },
  { keys: ["P"], words: "projector: larger type" },
  { keys: ["F"], words: "full screen" },
  { keys: ["?"], words: "this help" },
];
