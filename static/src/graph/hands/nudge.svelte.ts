/** A nudge of one input: the change the gradient predicts, the real one, and the curve both are read from. */
import { ConnectionLost, ProblemError } from "../../shared/problem";
import { Newest } from "../../shared/requests";
import { numberOf, objectiveAt, setting, type Subject } from "./probe";
import type { Point } from "./plot";

/** Points of the curve, each of them one question to the engine. */
const POINTS = 17;

export interface Curve {
  setting: string;
  centre: number;
  half: number;
  points: Point[];
}

/** A nudge that was made, and the output there. */
interface Nudged {
  subject: Subject;
  delta: number;
  output: number;
}

export class Nudge {
  delta = $state(0.01);
  nudged = $state.raw<Nudged | null>(null);
  curve = $state.raw<Curve | null>(null);
  /** Why there is no answer. */
  word = $state<string | null>(null);

  #nudge = new Newest<{ subject: Subject; delta: number }, number>({
    run: ({ subject, delta }, signal) => objectiveAt(subject, numberOf(subject) + delta, signal),
    answered: ({ subject, delta }, output) => {
      this.word = null;
      this.nudged = { subject, delta, output };
    },
    failed: (_, error) => this.#failed(error),
  });

  #curve = new Newest<Omit<Curve, "points"> & { subject: Subject }, Point[]>({
    run: async ({ subject, centre, half }, signal) => {
      const points: Point[] = [];
      // One after the other: the drawing's own questions go before them.
      for (let at = 0; at < POINTS; at += 1) {
        const x = centre + half * ((2 * at) / (POINTS - 1) - 1);
        points.push({ x, y: await objectiveAt(subject, x, signal) });
      }
      return points;
    },
    answered: ({ setting, centre, half }, points) => (this.curve = { setting, centre, half, points }),
    failed: (_, error) => this.#failed(error),
  });

  /** Asks what the output is at the nudged number. */
  ask(subject: Subject): void {
    this.#nudge.ask({ subject, delta: this.delta });
  }

  /** Asks for the curve around the number, unless the one that is there still shows it. */
  draw(subject: Subject): void {
    const [number, now] = [numberOf(subject), setting(subject)];
    const half = halfWidth(number, this.delta);
    const { curve } = this;
    const shown =
      curve?.setting === now && curve.half === half && Math.abs(number - curve.centre) <= half / 2;
    if (!shown) this.#curve.ask({ subject, setting: now, centre: number, half });
  }

  #failed(error: unknown): void {
    if (error instanceof ConnectionLost) return;
    if (!(error instanceof ProblemError)) throw error;
    this.word = error.problem.detail;
  }
}

/** How far the curve is drawn to both sides: wide enough for the nudge and for a number of this size. */
export function halfWidth(number: number, delta: number): number {
  return Math.max(2 * Math.abs(delta), 10 ** Math.floor(Math.log10(Math.max(1, Math.abs(number)))));
}
