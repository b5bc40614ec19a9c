/** Where units stand and how links run between them, in CSS pixels. */

/** Units of a column that are drawn; the others are counted below it. */
export const MOST = 16;
/** A column is never narrower: the drawing is scrolled then. */
export const NARROWEST = 76;

const LARGEST = 44;
const GAP = 4;
/** The share of a column's width that its tiles may take, the rest is for links. */
const SHARE = 0.52;
/** What is left of a tile's share beside a label, and how wide the label may be. */
const LABELLED = 0.42;
const LABEL = 50;
/** How much larger tiles must become for a second lane to be worth it. */
const WORTH = 1.2;

export interface Tile {
  column: number;
  unit: number;
  /** Left and top. */
  x: number;
  y: number;
  size: number;
}

export interface Layout {
  width: number;
  height: number;
  columnWidth: number;
  /** By column, then by unit. */
  tiles: readonly (readonly Tile[])[];
  /** Units that are not drawn, by column. */
  more: readonly number[];
}

/** Where labels stand beside the tiles of a column. */
export type Labels = "before" | "after" | null;

/** Lays out columns of so many units over a stretch: many units stand in two staggered lanes, without labels. */
export function layOut(
  columns: readonly { units: number; labels: Labels }[],
  width: number,
  height: number,
): Layout {
  const columnWidth = Math.max(NARROWEST, width / Math.max(columns.length, 1));
  return {
    width: columnWidth * columns.length,
    height,
    columnWidth,
    tiles: columns.map(({ units, labels }, column) =>
      columnOf(column, Math.min(units, MOST), columnWidth, units > MOST ? height - 14 : height, labels),
    ),
    more: columns.map(({ units }) => Math.max(0, units - MOST)),
  };
}

/** Whether the tiles of a column stand above each other, so that there is room for labels beside them. */
export function inOneLane(tiles: readonly Tile[]): boolean {
  return tiles.every(({ x }) => x === tiles[0]?.x);
}

function columnOf(column: number, many: number, width: number, height: number, labels: Labels): Tile[] {
  const single = sizeIn(1, many, labels ? Math.min(width * LABELLED, width - LABEL) : width * SHARE, height);
  const double = sizeIn(2, many, width * SHARE, height);
  const lanes = double > single * WORTH ? 2 : 1;
  const size = Math.max(4, Math.floor(lanes === 2 ? double : single));
  const pitch = Math.min(height / rowsIn(lanes, many), size + (lanes === 2 ? GAP : 3 * GAP));
  const top = (height - pitch * rowsIn(lanes, many)) / 2 + (pitch - size) / 2;
  const middle = (width - lanes * size - (lanes - 1) * GAP) / 2;
  // a tile and its label stand in the middle together, as far as there is room
  const aside = labels === null || lanes === 2 ? 0 : Math.min(LABEL / 2, middle - 2);
  const left = width * column + middle + (labels === "before" ? aside : -aside);
  return Array.from({ length: many }, (_, unit) => {
    const lane = unit % lanes;
    return {
      column,
      unit,
      x: Math.round(left + lane * (size + GAP)),
      y: Math.round(top + (Math.floor(unit / lanes) + lane / 2) * pitch),
      size,
    };
  });
}

/** Rows that so many units need; the second lane stands half a row lower. */
function rowsIn(lanes: 1 | 2, many: number): number {
  return lanes === 1 ? many : Math.ceil(many / 2) + (many % 2 === 0 ? 0.5 : 0);
}

function sizeIn(lanes: 1 | 2, many: number, width: number, height: number): number {
  const across = (width - (lanes - 1) * GAP) / lanes;
  return Math.min(LARGEST, across, height / rowsIn(lanes, many) - GAP);
}

/** A link: from the right side of one tile to the left side of another. */
export interface Curve {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export function curveOf(from: Tile, to: Tile): Curve {
  return { x0: from.x + from.size, y0: from.y + from.size / 2, x1: to.x, y1: to.y + to.size / 2 };
}

/** Draws the curve into a path: flat at both ends. */
export function trace(path: Pick<Path2D, "moveTo" | "bezierCurveTo">, { x0, y0, x1, y1 }: Curve): void {
  const middle = (x0 + x1) / 2;
  path.moveTo(x0, y0);
  path.bezierCurveTo(middle, y0, middle, y1, x1, y1);
}

/** How far a point is from a curve, measured along y; infinite beside it. */
export function distance({ x0, y0, x1, y1 }: Curve, x: number, y: number): number {
  if (x < x0 || x > x1) return Number.POSITIVE_INFINITY;
  const share = (x - x0) / (x1 - x0);
  // x(t) = 1.5 t (1 - t)^2 + 1.5 t^2 (1 - t) + t^3 rises: t is found by halving
  let [low, high] = [0, 1];
  for (let turn = 0; turn < 12; turn += 1) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < share) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  const smooth = t * t * (3 - 2 * t);
  // a steep curve is nearer than it is high: the slope is greatest in the middle
  const slope = ((y1 - y0) / (x1 - x0)) * (6 * t * (1 - t)) / (1.5 - 3 * t + 3 * t * t);
  return Math.abs(y - (y0 + (y1 - y0) * smooth)) / Math.hypot(1, slope);
}
