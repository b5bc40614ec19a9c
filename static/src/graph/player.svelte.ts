/** Playing the walk: one step per beat until the end. */
import type { Session } from "./session.svelte";

const BEAT = 1150;

/** Starts over when the walk stands at its end, stops when it is playing. */
export function togglePlay(session: Session): void {
  if (!session.playing && session.atEnd) session.goTo(0);
  session.playing = !session.playing;
}

/** Runs inside an effect: as long as the session plays, it takes a step per beat. */
export function play(session: Session): (() => void) | undefined {
  if (!session.playing) return undefined;
  const timer = setInterval(() => {
    session.goTo(session.position + 1);
    if (session.atEnd) session.playing = false;
  }, BEAT);
  return () => clearInterval(timer);
}
