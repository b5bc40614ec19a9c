/** Heights: every item moves towards the mean of its neighbours as far as its column lets it, so that wires run straight. */
import type { Columns, Item, Pull } from "./columns";

const SWEEPS = 48;
/** A large drawing is settled less finely, so that it is settled soon. */
const MANY = 1500;
const FEW_SWEEPS = 16;
const GAP = 6;

/** Moves the items of `columns` in place; the order within a column stays. */
export function relax({ columns, pulls }: Columns): void {
  const touching = new Map<Item, Pull[]>(columns.flat().map((item) => [item, []]));
  for (const pull of pulls) {
    touching.get(pull.from)?.push(pull);
    touching.get(pull.to)?.push(pull);
  }
  const sweeps = touching.size > MANY ? FEW_SWEEPS : SWEEPS;
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const order = sweep % 2 === 0 ? columns : columns.toReversed();
    for (const column of order) settle(column, touching);
  }
}

interface Wish {
  y: number;
  weight: number;
}

function wishOf(item: Item, pulls: readonly Pull[]): Wish {
  let [sum, weight] = [0, 0];
  for (const { from, to, arrive, weight: strength } of pulls) {
    sum += (from === item ? to.y + arrive : from.y - arrive) * strength;
    weight += strength;
  }
  // A box with no wires stays where it is.
  return weight === 0 ? { y: item.y, weight: 0.1 } : { y: sum / weight, weight };
}

/** The heights nearest to the wishes that keep the items apart: isotonic regression, by pooling what collides. */
function settle(column: Item[], touching: ReadonlyMap<Item, Pull[]>): void {
  const offsets: number[] = [];
  column.forEach((item, i) => {
    const before = column[i - 1];
    offsets.push(before ? (offsets[i - 1] ?? 0) + (before.height + item.height) / 2 + GAP : 0);
  });
  const pools: { y: number; weight: number; size: number }[] = [];
  column.forEach((item, i) => {
    const wish = wishOf(item, touching.get(item) ?? []);
    let pool = { y: wish.y - (offsets[i] ?? 0), weight: wish.weight, size: 1 };
    for (let last = pools.at(-1); last && last.y > pool.y; last = pools.at(-1)) {
      pools.pop();
      const weight = last.weight + pool.weight;
      pool = {
        y: (last.y * last.weight + pool.y * pool.weight) / weight,
        weight,
        size: last.size + pool.size,
      };
    }
    pools.push(pool);
  });
  let i = 0;
  for (const pool of pools) {
    for (const end = i + pool.size; i < end; i += 1) {
      const item = column[i];
      if (item) item.y = pool.y + (offsets[i] ?? 0);
    }
  }
}
