/** One net among others: where it stands, the curve that led there, what stopped it. */
import type { Problem } from "../../shared/problem";
import { History, rowOf } from "../../train/curves/history";
import type { Member } from "./member";
import type { Begun, StatefulFrame } from "./messages";

/** Rows kept of each curve: there are several on one screen. */
const ROWS = 600;

export class Lane {
  readonly member: Member;
  readonly history = new History(ROWS);
  begun = $state.raw<Begun | null>(null);
  frame = $state.raw<StatefulFrame | null>(null);
  /** Counts rows of the history, whose columns are plain arrays. */
  rows = $state(0);
  /** Why it was refused, or cannot go on. */
  problem = $state.raw<Problem | null>(null);

  /** What nets are compared by: the validation loss, its regularization left out; null where there is none. */
  score = $derived.by(() => {
    if (this.problem || !this.frame) return null;
    const { data, total } = this.frame.losses.validation;
    const loss = data ?? total;
    return Number.isFinite(loss) ? loss : null;
  });

  constructor(member: Member) {
    this.member = member;
  }

  begin(begun: Begun): void {
    // the same points and shapes as before: nothing is to be drawn anew
    this.begun ??= begun;
  }

  show(frame: StatefulFrame): void {
    this.frame = frame;
    this.history.push(rowOf(frame));
    this.rows += 1;
    if (frame.finished) this.problem = frame.finished;
  }
}

/** The lane of the lowest validation loss, null where none has any; two that are alike are both the first. */
export function bestOf(lanes: readonly Lane[]): Lane | null {
  let best: Lane | null = null;
  for (const lane of lanes)
    if (lane.score !== null && (best?.score == null || lane.score < best.score)) best = lane;
  return best;
}
