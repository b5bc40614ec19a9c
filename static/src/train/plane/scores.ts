/** Scores for every class from what a frame tells of each cell: the class that leads and its share. */
import type { Boundary } from "../live/protocol";

/** Shares nearer to 1 than half a step of a byte cannot be told apart. */
const SUREST = 1 - 0.5 / 255;
/** What a class that is out of the question has, so that its logarithm stays finite. */
const LEAST = 1e-3;
/** Cells from a border within which the class across it fades to no more than any other. */
const FADE = 2;
/** Distance of two cells that touch at a corner. */
const DIAGONAL = Math.SQRT2;
/** Share that a class has of the leader's at most, away from any border: there is none where only one class leads. */
const BEHIND = 0.99;

/**
 * Logarithms of shares, one grid per class, into `into`.
 *
 * Scores are near to linear where probabilities turn sharply, so borders found between cells by their scores lie where
 * the net has them. Near a border, what the leader leaves goes to the class across it; farther away that class has no
 * more than an equal share of it. The rest have what then remains.
 */
export function scoresOf(
  { size, classes, confidence }: Boundary,
  many: number,
  into: readonly Float32Array[],
): void {
  const { rivals, distances } = nearestRivals(classes, size, many);
  for (let cell = 0; cell < size * size; cell += 1) {
    const share = Math.min(SUREST, Math.max(LEAST, confidence[cell]! / 255));
    const near = Math.exp(-Math.max(0, distances[cell]! - DIAGONAL) / FADE);
    const equal = (1 - share) / Math.max(1, many - 1);
    const wanted = equal + near * (Math.min(share, 1 - share) - equal);
    const second = near < 1 ? Math.min(wanted, BEHIND * share) : wanted;
    const rest = Math.min(second, (1 - share - second) / Math.max(1, many - 2));
    for (let label = 0; label < many; label += 1) into[label]![cell] = Math.log(Math.max(LEAST, rest));
    into[rivals[cell]!]![cell] = Math.log(second);
    into[classes[cell]!]![cell] = Math.log(share);
  }
}

/** For each cell the class, other than its own, whose nearest cell is nearest, and how far that is in cells. */
export function nearestRivals(
  classes: Uint8Array,
  size: number,
  many: number,
): { rivals: Uint8Array; distances: Float32Array } {
  const rivals = new Uint8Array(classes.length);
  const least = new Float32Array(classes.length).fill(Number.POSITIVE_INFINITY);
  const distance = new Float32Array(classes.length);
  for (let label = 0; label < many; label += 1) {
    for (let cell = 0; cell < classes.length; cell += 1) distance[cell] = classes[cell] === label ? 0 : 1e9;
    spread(distance, size);
    for (let cell = 0; cell < classes.length; cell += 1) {
      if (classes[cell] === label || distance[cell]! >= least[cell]!) continue;
      least[cell] = distance[cell]!;
      rivals[cell] = label;
    }
  }
  return { rivals, distances: least };
}

/** Chamfer distances (Borgefors, 1986): one pass down, one pass up. */
function spread(distance: Float32Array, size: number): void {
  for (let cell = 0; cell < distance.length; cell += 1) relax(distance, cell, size, -1);
  for (let cell = distance.length - 1; cell >= 0; cell -= 1) relax(distance, cell, size, 1);
}

function relax(distance: Float32Array, cell: number, size: number, way: 1 | -1): void {
  const x = cell % size;
  const row = cell + way * size;
  const inside = row >= 0 && row < distance.length;
  let best = distance[cell]!;
  if (x + way >= 0 && x + way < size) best = Math.min(best, distance[cell + way]! + 1);
  if (inside) {
    best = Math.min(best, distance[row]! + 1);
    if (x > 0) best = Math.min(best, distance[row - 1]! + DIAGONAL);
    if (x + 1 < size) best = Math.min(best, distance[row + 1]! + DIAGONAL);
  }
  distance[cell] = best;
}
