/** The place of each number among all of them, the lowest first, counted from 1; those that are alike share one; null for none. */
export function ranks(scores: readonly (number | null)[]): (number | null)[] {
  const sorted = scores.filter((score) => score !== null).sort((one, other) => one - other);
  return scores.map((score) => (score === null ? null : sorted.indexOf(score) + 1));
}
