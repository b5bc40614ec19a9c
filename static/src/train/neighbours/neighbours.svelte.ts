/** The k nearest neighbours on the points that are trained on: asked again whenever those, their features or k change. */
import { post } from "../../shared/api";
import { ConnectionLost, ProblemError, type Problem } from "../../shared/problem";
import { Newest } from "../../shared/requests";
import type { components } from "../../shared/schema";
import { fromBase64 } from "../live/base64";
import type { Boundary, Spec, Split } from "../live/protocol";
import type { Extent, Spot } from "../plane/places";

type Question = components["schemas"]["NeighboursRequest"];

export interface Answer {
  k: number;
  /** Null for points that are not of the plane; the confidence is the share of the k votes. */
  boundary: Boundary | null;
  accuracy: Split<number>;
}

/** Cells along either axis: as fine as may be asked for, coarser where that would be too many distances. */
const SIZE = 128;
const COARSE = 64;
const MANY_POINTS = 10_000;

export class Neighbours {
  answer = $state.raw<Answer | null>(null);
  problem = $state.raw<Problem | null>(null);

  #asker = new Newest<Question, components["schemas"]["NeighboursAnswer"]>({
    run: (question, signal) => post("/api/v1/trainings/neighbours", question, signal),
    answered: (_, answer) => {
      this.answer = read(answer);
      this.problem = null;
    },
    failed: (_, error) => {
      if (error instanceof ConnectionLost) return;
      if (!(error instanceof ProblemError)) throw error;
      this.answer = null;
      this.problem = error.problem;
    },
  });

  /** Asks for the vote of k of so many points. */
  ask({ data, features }: Spec, k: number, points: number): void {
    const size = points > MANY_POINTS ? COARSE : SIZE;
    this.#asker.ask({ k, size, standardized: false, features: features ?? ["x", "y"], ...(data && { data }) });
  }
}

/** How the neighbours vote in the cell of a place, in words. */
export function voteAt(answer: Answer | null, [x, y]: Spot, [low, high]: Extent): string | null {
  if (!answer?.boundary) return null;
  const { size, classes, confidence } = answer.boundary;
  const cell = (value: number) => Math.max(0, Math.min(size - 1, Math.floor((size * (value - low)) / (high - low))));
  const index = cell(y) * size + cell(x);
  const votes = Math.round((answer.k * confidence[index]!) / 255);
  return `${answer.k}-NN in this cell: class ${classes[index]}, ${votes} of ${answer.k}`;
}

function read({ k, boundary, accuracy }: components["schemas"]["NeighboursAnswer"]): Answer {
  return {
    k,
    boundary: boundary && {
      size: boundary.size,
      classes: fromBase64(boundary.classes),
      confidence: fromBase64(boundary.share),
    },
    accuracy: { train: Number(accuracy.train), validation: Number(accuracy.validation) },
  };
}
