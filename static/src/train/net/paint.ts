/** Painting the network on one canvas: links by thickness and sign, then units with their maps, then biases. */
import { css, type Rgb } from "../plane/palette";
import type { Atlas } from "./atlas";
import type { Colours } from "./colours";
import { curveOf, trace, type Layout, type Tile } from "./geometry";
import type { Lit } from "../update/stages";
import { eachLink, isLit, isLitWire, stepsOf, type Link, type Numbers, type Unit } from "./picture";
import { opacityOf, shareOf, widthOf, type Shown } from "./strengths";
import type { Wiring } from "./wiring";

export interface Scene {
  wiring: Wiring;
  layout: Layout;
  numbers: Numbers;
  shown: Shown;
  colours: Colours;
  /** What is pointed at or opened. */
  link: Link | null;
  unit: Unit | null;
  /** What a walk of one update is about, null while nobody walks. */
  lit: Lit | null;
  /** How far gradients have flowed, in pixels against the links; null for whole lines. */
  flow: number | null;
}

const CORNER = 4;
/** The largest dot of a bias, of one of size 1 or more. */
const DOT = 4.2;

export function paint(pen: CanvasRenderingContext2D, scene: Scene, atlas: Atlas | null): void {
  pen.clearRect(0, 0, scene.layout.width, scene.layout.height);
  paintLinks(pen, scene);
  if (scene.link) paintLink(pen, scene, scene.link);
  paintTiles(pen, scene, atlas);
  paintBiases(pen, scene);
}

/** One stroke for all links of one thickness and sign; those of a unit that is looked at stand out. */
function paintLinks(pen: CanvasRenderingContext2D, scene: Scene): void {
  const { wiring, layout, numbers, shown, colours, unit, lit } = scene;
  const steps = stepsOf(numbers, wiring, layout, shown);
  const paths = new Map<number, Path2D>();
  let index = 0;
  eachLink(wiring, layout, ({ wire, from, to }, curve) => {
    const { step, positive } = steps[index++] ?? { step: 0, positive: true };
    const touches =
      unit === null
        ? lit === null || isLitWire(lit, wire, wiring)
        : (wire.to === unit.column && to === unit.unit) || (wire.from === unit.column && from === unit.unit);
    const kind = wire.matrix === null ? 2 : positive ? 1 : 0;
    const key = (step * 3 + kind) * 2 + (touches ? 1 : 0);
    let path = paths.get(key);
    if (!path) paths.set(key, (path = new Path2D()));
    trace(path, curve);
  });
  // gradients run from the loss back: the dashes of a line wander to its start
  if (scene.flow !== null && shown === "gradients") {
    pen.setLineDash([9, 4]);
    pen.lineDashOffset = scene.flow % 13;
  }
  for (const key of [...paths.keys()].sort((a, b) => a - b)) {
    const touches = key % 2 === 1;
    const kind = Math.floor(key / 2) % 3;
    const step = Math.floor(key / 6);
    const colour = step === 0 || kind === 2 ? colours.line : kind === 1 ? colours.positive : colours.negative;
    pen.lineWidth = widthOf(step);
    pen.strokeStyle = css(colour, touches ? opacityOf(step) : 0.08);
    pen.stroke(paths.get(key)!);
  }
  pen.setLineDash([]);
}

function paintLink(pen: CanvasRenderingContext2D, { layout, colours }: Scene, { wire, from, to }: Link): void {
  const [source, target] = [layout.tiles[wire.from]?.[from], layout.tiles[wire.to]?.[to]];
  if (!source || !target) return;
  const path = new Path2D();
  trace(path, curveOf(source, target));
  stroke(pen, path, colours.paper, 6);
  stroke(pen, path, colours.focus, 2.5);
}

function paintTiles(pen: CanvasRenderingContext2D, scene: Scene, atlas: Atlas | null): void {
  const { wiring, layout, numbers, shown, colours, lit } = scene;
  const tiles = layout.tiles.flat();
  const squares = new Path2D();
  for (const { x, y, size } of tiles) squares.roundRect(x, y, size, size, CORNER);
  if (shown === "gradients")
    for (const tile of tiles) {
      const column = wiring.columns[tile.column];
      if (column && (lit === null || isLit(lit, column))) glow(pen, tile, numbers.units.get(column.name), scene);
    }
  pen.fillStyle = css(colours.paper);
  pen.fill(squares);
  if (atlas) {
    pen.save();
    pen.clip(squares);
    for (const { column, unit, x, y, size } of tiles) {
      const { name = "", kind } = wiring.columns[column] ?? {};
      if (!atlas.draw(pen, name, unit, x, y, size) && kind === "scores")
        write(pen, String(unit), x + size / 2, y + size / 2, size / 2, colours);
    }
    pen.restore();
  }
  stroke(pen, squares, colours.line, 1);
  if (scene.lit) paintLit(pen, scene, scene.lit);
}

/** The units of a step of the walk are framed, all others stand back. */
function paintLit(pen: CanvasRenderingContext2D, { wiring, layout, colours }: Scene, lit: Lit): void {
  const [framed, veiled] = [new Path2D(), new Path2D()];
  for (const [index, column] of wiring.columns.entries())
    for (const { x, y, size } of layout.tiles[index] ?? [])
      (isLit(lit, column) ? framed : veiled).roundRect(x - 1, y - 1, size + 2, size + 2, CORNER + 1);
  pen.fillStyle = css(colours.paper, 0.6);
  pen.fill(veiled);
  stroke(pen, framed, colours.ink, 1.6);
}

/** The number of a class whose score has no picture. */
function write(pen: CanvasRenderingContext2D, text: string, x: number, y: number, size: number, colours: Colours): void {
  pen.font = `600 ${size}px "Inter Variable", system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = css(colours.ink);
  pen.fillText(text, x, y);
}

/** A frame as wide as the unit's gradient is large. */
function glow(
  pen: CanvasRenderingContext2D,
  { unit, x, y, size }: Tile,
  gradients: Float32Array | undefined,
  { numbers, colours }: Scene,
): void {
  const share = shareOf(gradients?.[unit] ?? 0, numbers.largestUnit);
  if (share === 0) return;
  const frame = new Path2D();
  frame.roundRect(x - 1, y - 1, size + 2, size + 2, CORNER + 1);
  stroke(pen, frame, colours.negative, 5 * share, 0.2 + 0.7 * share);
}

/** A dot at a unit's lower left, as large as the root of its bias; beside a score there is room for the number. */
function paintBiases(pen: CanvasRenderingContext2D, { wiring, layout, numbers, shown, colours }: Scene): void {
  for (const [index, column] of wiring.columns.entries()) {
    if (column.bias === null) continue;
    for (const { unit, x, y, size } of layout.tiles[index] ?? []) {
      const found = numbers.at(column.bias, unit);
      if (!found) continue;
      const value = shown === "weights" ? found.value : found.gradient;
      const share = shown === "weights" ? Math.sqrt(Math.min(1, Math.abs(value))) : shareOf(Math.abs(value), numbers.largest);
      const dot = new Path2D();
      dot.arc(x + 1, y + size - 1, 1.8 + (DOT - 1.8) * share, 0, 2 * Math.PI);
      pen.fillStyle = css(share === 0 ? colours.paper : value < 0 ? colours.negative : colours.positive);
      pen.fill(dot);
      stroke(pen, dot, colours.paper, 1.2);
      if (share < 0.05) stroke(pen, dot, colours.line, 1);
    }
  }
}

function stroke(pen: CanvasRenderingContext2D, path: Path2D, colour: Rgb, width: number, alpha = 1): void {
  pen.lineWidth = width;
  pen.strokeStyle = css(colour, alpha);
  pen.stroke(path);
}

