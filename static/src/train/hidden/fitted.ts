/** Fitting positions into a picture: one scale for both axes, so that shapes stay what they are. */

/** Where the pair at an index lies in a picture of that size, in pixels; y points up. */
export type Place = (pairs: Float32Array, index: number) => [number, number];

/** A place for every pair of these lists, with a margin around them all. */
export function fitted(lists: readonly Float32Array[], width: number, height: number, margin: number): Place {
  const [lowX, highX] = reach(lists, 0);
  const [lowY, highY] = reach(lists, 1);
  const scale = Math.min((width - 2 * margin) / (highX - lowX || 1), (height - 2 * margin) / (highY - lowY || 1));
  const [middleX, middleY] = [(lowX + highX) / 2, (lowY + highY) / 2];
  return (pairs, index) => [
    width / 2 + scale * ((pairs[2 * index] ?? 0) - middleX),
    height / 2 - scale * ((pairs[2 * index + 1] ?? 0) - middleY),
  ];
}

/** The least and the greatest of every other number; what is not finite does not count. */
function reach(lists: readonly Float32Array[], from: number): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const pairs of lists) {
    for (let at = from; at < pairs.length; at += 2) {
      const value = pairs[at]!;
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low > high ? [0, 1] : [low, high];
}
