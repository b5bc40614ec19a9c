/** Marching squares: the lines on which a field over a square grid is 0, each in one stroke. */

/** Where a line goes, in units of samples from the centre of the first one. */
export interface Pen {
  moveTo: (x: number, y: number) => void;
  lineTo: (x: number, y: number) => void;
}

/** Which sides of a square its segments join, by the signs at its corners; sides are 0 below, 1 right, 2 above, 3 left. */
const JOINS: readonly (readonly number[])[] = [
  [],
  [3, 0],
  [0, 1],
  [3, 1],
  [1, 2],
  [3, 0, 1, 2],
  [0, 2],
  [3, 2],
  [3, 2],
  [0, 2],
  [0, 1, 3, 2],
  [1, 2],
  [3, 1],
  [0, 1],
  [3, 0],
  [],
];
const NOBODY = -1;

/** Lines are found as links between edges of the grid: one per crossing, at most two neighbours each. */
export class Tracer {
  readonly size: number;
  /** The neighbours of edge e are at 2e and 2e + 1: edges to the right first, then edges upward. */
  #links: Int32Array;
  #touched: number[] = [];

  constructor(size: number) {
    this.size = size;
    this.#links = new Int32Array(4 * size * size).fill(NOBODY);
  }

  /** Draws the zero lines of the field: those that end at the rim first, then those that close. */
  trace(field: Float32Array, pen: Pen): void {
    this.#link(field);
    for (const edge of this.#touched) if (this.#links[2 * edge + 1] === NOBODY) this.#walk(edge, field, pen);
    for (const edge of this.#touched) this.#walk(edge, field, pen);
    this.#touched = [];
  }

  #link(field: Float32Array): void {
    const { size } = this;
    const up = size * size;
    for (let y = 0; y + 1 < size; y += 1) {
      for (let x = 0; x + 1 < size; x += 1) {
        const at = y * size + x;
        const kind =
          (field[at]! > 0 ? 1 : 0) |
          (field[at + 1]! > 0 ? 2 : 0) |
          (field[at + size + 1]! > 0 ? 4 : 0) |
          (field[at + size]! > 0 ? 8 : 0);
        if (kind === 0 || kind === 15) continue;
        const sides = [at, up + at + 1, at + size, up + at];
        const joins = JOINS[kind]!;
        for (let index = 0; index < joins.length; index += 2)
          this.#join(sides[joins[index]!]!, sides[joins[index + 1]!]!);
      }
    }
  }

  #join(from: number, to: number): void {
    this.#add(from, to);
    this.#add(to, from);
  }

  #add(edge: number, neighbour: number): void {
    if (this.#links[2 * edge] === NOBODY) {
      this.#links[2 * edge] = neighbour;
      this.#touched.push(edge);
    } else this.#links[2 * edge + 1] = neighbour;
  }

  /** Follows a line to its end, undoing its links; nothing is left of one already walked. */
  #walk(start: number, field: Float32Array, pen: Pen): void {
    let next = this.#take(start);
    if (next === NOBODY) return;
    this.#at(start, field, (x, y) => pen.moveTo(x, y));
    let edge = start;
    while (next !== NOBODY) {
      this.#drop(next, edge);
      this.#at(next, field, (x, y) => pen.lineTo(x, y));
      edge = next;
      next = this.#take(edge);
    }
  }

  #take(edge: number): number {
    const second = this.#links[2 * edge + 1]!;
    const place = second === NOBODY ? 2 * edge : 2 * edge + 1;
    const neighbour = this.#links[place]!;
    this.#links[place] = NOBODY;
    return neighbour;
  }

  #drop(edge: number, neighbour: number): void {
    if (this.#links[2 * edge] === neighbour) {
      this.#links[2 * edge] = this.#links[2 * edge + 1]!;
      this.#links[2 * edge + 1] = NOBODY;
    } else if (this.#links[2 * edge + 1] === neighbour) this.#links[2 * edge + 1] = NOBODY;
  }

  /** Where the field is 0 between the two samples of an edge. */
  #at(edge: number, field: Float32Array, visit: (x: number, y: number) => void): void {
    const count = this.size * this.size;
    const upward = edge >= count;
    const sample = upward ? edge - count : edge;
    const here = field[sample]!;
    const there = field[sample + (upward ? this.size : 1)]!;
    const share = here / (here - there);
    const x = sample % this.size;
    const y = Math.floor(sample / this.size);
    visit(upward ? x : x + share, upward ? y + share : y);
  }
}

/** How far the class `label` leads all others, negative where it does not: its zero line is its border. */
export function leadOf(label: number, scores: readonly Float32Array[], into: Float32Array): void {
  const own = scores[label]!;
  for (let sample = 0; sample < into.length; sample += 1) {
    let other = Number.NEGATIVE_INFINITY;
    for (let rival = 0; rival < scores.length; rival += 1)
      if (rival !== label && scores[rival]![sample]! > other) other = scores[rival]![sample]!;
    into[sample] = own[sample]! - other;
  }
}
