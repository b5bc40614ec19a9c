/** The boundary as smooth fields: which class leads at each sample, and by how much. */
import type { Boundary } from "../live/protocol";
import { scoresOf } from "./scores";
import { Upsampler } from "./spline";

/** Smooth fields over fine x fine samples, row by row from the least y. */
export interface Regions {
  fine: number;
  classes: number;
  /** The class that leads. */
  leader: Uint8Array;
  /** Its score less the next one's: 0 on a border, the logarithm of how many times surer elsewhere. */
  margin: Float32Array;
  /** The score of each class. */
  scores: readonly Float32Array[];
}

/** Turns boundaries into regions, keeping its arrays from frame to frame. */
export class Smoother {
  #upsampler: Upsampler | null = null;
  #coarse: Float32Array[] = [];
  #regions: Regions | null = null;

  regions(boundary: Boundary, classes: number): Regions {
    const { size } = boundary;
    const many = boundary.classes.reduce((most, label) => Math.max(most, label + 1), Math.max(2, classes));
    if (this.#upsampler?.size !== size || this.#regions?.classes !== many) {
      this.#upsampler = new Upsampler(size);
      this.#coarse = grids(many, size);
      this.#regions = empty(this.#upsampler.fine, many);
    }
    const regions = this.#regions;
    scoresOf(boundary, many, this.#coarse);
    for (let label = 0; label < many; label += 1)
      this.#upsampler.run(this.#coarse[label]!, regions.scores[label]!);
    rank(regions);
    return regions;
  }
}

function grids(many: number, size: number): Float32Array[] {
  return Array.from({ length: many }, () => new Float32Array(size * size));
}

function empty(fine: number, classes: number): Regions {
  const [leader, margin] = [new Uint8Array(fine * fine), new Float32Array(fine * fine)];
  return { fine, classes, leader, margin, scores: grids(classes, fine) };
}

function rank({ scores, leader, margin }: Regions): void {
  for (let sample = 0; sample < margin.length; sample += 1) {
    let best = Number.NEGATIVE_INFINITY;
    let second = Number.NEGATIVE_INFINITY;
    let which = 0;
    for (let label = 0; label < scores.length; label += 1) {
      const score = scores[label]![sample]!;
      if (score > best) {
        second = best;
        best = score;
        which = label;
      } else if (score > second) second = score;
    }
    leader[sample] = which;
    margin[sample] = best - second;
  }
}
