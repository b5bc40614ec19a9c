/** Spans: the API counts code points, the browser counts UTF-16 units; and a span must survive edits made since the answer. */
export type Span = readonly [start: number, end: number];

/** A span in code points as one in UTF-16 units of the same text, clipped to it. */
export function toUnits(text: string, [start, end]: Span): Span {
  let points = 0;
  let units = 0;
  let first = -1;
  for (const character of text) {
    if (points === start) first = units;
    if (points === end) return [first < 0 ? units : first, units];
    points += 1;
    units += character.length;
  }
  return [first < 0 ? units : first, units];
}

/** A span in UTF-16 units as one in code points of the same text. */
export function toPoints(text: string, [start, end]: Span): Span {
  const first = [...text.slice(0, start)].length;
  return [first, first + [...text.slice(start, end)].length];
}

/** The shortest of the items whose span holds all of a span, the first of several; null when none does. */
export function innermost<Item extends { span: Span | null }>(
  items: readonly Item[],
  [from, to]: Span,
): Item | null {
  const length = ({ span }: Item) => (span ? span[1] - span[0] : Infinity);
  return items
    .filter(({ span }) => span && span[0] <= from && to <= span[1])
    .reduce<Item | null>((best, item) => (best && length(best) <= length(item) ? best : item), null);
}

/** One replaced range: what is between the common beginning and the common end of two texts. */
export interface Change {
  from: number;
  to: number;
  insert: string;
}

/** The smallest single replacement that turns `before` into `after`, null when they are equal. */
export function difference(before: string, after: string): Change | null {
  if (before === after) return null;
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}

/** Where a span of `before` lies in `after`; text typed at its edges belongs to it. */
export function carry([start, end]: Span, before: string, after: string): Span {
  const change = difference(before, after);
  if (!change) return [start, end];
  const shift = change.insert.length - (change.to - change.from);
  if (change.from > end) return [start, end];
  if (change.to < start) return [start + shift, end + shift];
  return [Math.min(start, change.from), Math.max(end, change.to) + shift];
}

/** The line, counted from 1, that a UTF-16 offset is on. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
