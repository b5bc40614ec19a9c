/** Whether the server answers, as a pure machine: what happened in, the next state out. */
export type Link =
  | { kind: "connecting"; failures: number }
  | { kind: "open" }
  /** Lost; tried again after `wait` milliseconds. */
  | { kind: "waiting"; failures: number; wait: number }
  /** Closed by the server because nothing was said for long; opened again when there is something to say. */
  | { kind: "resting" };

export type LinkEvent =
  /** The server has said something: a socket that merely opens may be closed again at once. */
  { kind: "heard" } | { kind: "closed"; code: number } | { kind: "retry" };

export const FIRST_WAIT = 500;
export const LONGEST_WAIT = 8000;
/** Close code of a session that said nothing for too long. */
export const IDLE = 4408;

export const START: Link = { kind: "connecting", failures: 0 };

/** The state after `event`; `random` in [0, 1) spreads the tries of a classroom that lost its server at once. */
export function next(link: Link, event: LinkEvent, random: number): Link {
  switch (event.kind) {
    case "heard":
      return link.kind === "connecting" ? { kind: "open" } : link;
    case "closed": {
      if (event.code === IDLE) return { kind: "resting" };
      const failures = "failures" in link ? link.failures : 0;
      return { kind: "waiting", failures: failures + 1, wait: waitAfter(failures, random) };
    }
    case "retry":
      if (link.kind === "resting") return START;
      return link.kind === "waiting" ? { kind: "connecting", failures: link.failures } : link;
  }
}

/** Milliseconds to wait after so many failures: twice as long each time, three quarters of it at least. */
export function waitAfter(failures: number, random: number): number {
  const whole = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures, 10));
  return Math.round(whole * (0.75 + 0.25 * random));
}

/** True when the reader should be told: connecting for the first time is no loss. */
export function isLost(link: Link): boolean {
  return link.kind === "waiting" || (link.kind === "connecting" && link.failures > 0);
}
