/** A coarse grid made smooth: uniform cubic B-splines, which round off the steps of cells and bytes. */

/** Samples per cell along either axis. */
export const FACTOR = 3;
const TAPS = 4;

interface Kernel {
  /** The first of the four cells that a sample blends, which may lie outside the grid. */
  first: number;
  weights: readonly [number, number, number, number];
}

/** For each of the FACTOR samples inside a cell, counted from that cell: samples lie at (j + 1/2) / FACTOR. */
const PHASES: readonly Kernel[] = Array.from({ length: FACTOR }, (_, phase) => {
  const place = (phase + 0.5) / FACTOR - 0.5;
  const cell = Math.floor(place);
  return { first: cell - 1, weights: weightsAt(place - cell) };
});

/** The four weights of the cubic B-spline at t in [0, 1) between the two middle cells; they add up to 1. */
export function weightsAt(t: number): readonly [number, number, number, number] {
  const u = 1 - t;
  return [u ** 3 / 6, (4 - 6 * t ** 2 + 3 * t ** 3) / 6, (4 - 6 * u ** 2 + 3 * u ** 3) / 6, t ** 3 / 6];
}

/** A size x size grid at FACTOR times the resolution, along either axis in turn; edges repeat outward. */
export class Upsampler {
  readonly size: number;
  readonly fine: number;
  #cells: Int32Array;
  #weights: Float32Array;
  #between: Float32Array;

  constructor(size: number) {
    this.size = size;
    this.fine = size * FACTOR;
    this.#cells = new Int32Array(this.fine * TAPS);
    this.#weights = new Float32Array(this.fine * TAPS);
    this.#between = new Float32Array(size * this.fine);
    for (let sample = 0; sample < this.fine; sample += 1) {
      const { first, weights } = PHASES[sample % FACTOR]!;
      const cell = Math.floor(sample / FACTOR);
      weights.forEach((weight, tap) => {
        this.#cells[sample * TAPS + tap] = Math.min(size - 1, Math.max(0, cell + first + tap));
        this.#weights[sample * TAPS + tap] = weight;
      });
    }
  }

  /** Writes the smooth field of `coarse`, size * size numbers, into `into`, fine * fine numbers. */
  run(coarse: Float32Array, into: Float32Array): void {
    const { size, fine } = this;
    const cells = this.#cells;
    const weights = this.#weights;
    const between = this.#between;
    for (let x = 0; x < fine; x += 1) {
      const tap = x * TAPS;
      const [c0, c1, c2, c3] = [cells[tap]!, cells[tap + 1]!, cells[tap + 2]!, cells[tap + 3]!];
      const [w0, w1, w2, w3] = [weights[tap]!, weights[tap + 1]!, weights[tap + 2]!, weights[tap + 3]!];
      for (let y = 0; y < size; y += 1) {
        const row = y * size;
        between[y * fine + x] =
          w0 * coarse[row + c0]! + w1 * coarse[row + c1]! + w2 * coarse[row + c2]! + w3 * coarse[row + c3]!;
      }
    }
    for (let y = 0; y < fine; y += 1) {
      const tap = y * TAPS;
      const [r0, r1, r2, r3] = [
        cells[tap]! * fine,
        cells[tap + 1]! * fine,
        cells[tap + 2]! * fine,
        cells[tap + 3]! * fine,
      ];
      const [w0, w1, w2, w3] = [weights[tap]!, weights[tap + 1]!, weights[tap + 2]!, weights[tap + 3]!];
      const row = y * fine;
      for (let x = 0; x < fine; x += 1) {
        into[row + x] =
          w0 * between[r0 + x]! + w1 * between[r1 + x]! + w2 * between[r2 + x]! + w3 * between[r3 + x]!;
      }
    }
  }
}
