/** A landscape on a canvas: its shades, its contour lines, and the paths down it. */
import { Tracer } from "../../train/plane/contours";
import { css, mix, type Palette, type Rgb } from "../../train/plane/palette";
import { shades, walked, type Answer, type Path, type Place } from "./tracks";

/** Contour lines from the lowest point to the highest. */
const LINES = 18;
/** How much of its colour the highest ground takes on. */
const STRONGEST = 0.62;

export interface Frame {
  width: number;
  height: number;
  /** Device pixels in one of CSS. */
  scale: number;
}

/** Where a place of the landscape is on the canvas, in device pixels; b points up. */
export function projection({ a, b }: Pick<Answer, "a" | "b">, { width, height }: Frame): (place: Place) => Place {
  const [left, right] = [a[0] ?? 0, a.at(-1) ?? 1];
  const [low, high] = [b[0] ?? 0, b.at(-1) ?? 1];
  return ([x, y]) => [((x - left) / (right - left)) * width, (1 - (y - low) / (high - low)) * height];
}

export function drawGround(context: CanvasRenderingContext2D, { loss }: Answer, palette: Palette, frame: Frame): void {
  const size = loss.length;
  const shaded = shades(loss);
  const image = new ImageData(size, size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const [red, green, blue] = mix(palette.paper, palette.high, STRONGEST * (shaded[row * size + column] ?? 1));
      // row 0 has the least b, which points up
      image.data.set([red, green, blue, 255], 4 * ((size - 1 - row) * size + column));
    }
  }
  const small = new OffscreenCanvas(size, size);
  small.getContext("2d")?.putImageData(image, 0, 0);
  // a pixel's centre is a point of the grid, and the outermost points are on the edges
  const [across, up] = [frame.width / (size - 1), frame.height / (size - 1)];
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(small, -across / 2, -up / 2, across * size, up * size);
  drawLines(context, shaded, size, palette, frame);
}

function drawLines(context: CanvasRenderingContext2D, shaded: Float32Array, size: number, palette: Palette, frame: Frame): void {
  const tracer = new Tracer(size);
  const path = new Path2D();
  const x = (column: number) => (column / (size - 1)) * frame.width;
  const y = (row: number) => (1 - row / (size - 1)) * frame.height;
  for (let line = 1; line < LINES; line += 1) {
    const field = shaded.map((shade) => shade - line / LINES);
    tracer.trace(field, { moveTo: (c, r) => path.moveTo(x(c), y(r)), lineTo: (c, r) => path.lineTo(x(c), y(r)) });
  }
  context.strokeStyle = css(mix(palette.high, palette.dark ? [255, 255, 255] : [0, 0, 0], 0.15), 0.42);
  context.lineWidth = frame.scale;
  context.stroke(path);
}

/** Each path as far as it has been walked, in its own ink, its head in front. */
export function drawPaths(context: CanvasRenderingContext2D, answer: Answer, inks: readonly Rgb[], time: number, palette: Palette, frame: Frame): void {
  const at = projection(answer, frame);
  context.clearRect(0, 0, frame.width, frame.height);
  context.lineJoin = context.lineCap = "round";
  answer.paths.forEach((path, index) => drawPath(context, path, inks[index] ?? palette.line, time, at, palette, frame.scale));
}

function drawPath(context: CanvasRenderingContext2D, path: Path, ink: Rgb, time: number, at: (place: Place) => Place, palette: Palette, scale: number): void {
  const gone = path.exit !== null && path.stopped_at !== null && time >= path.stopped_at;
  const places = [...walked(path, time), ...(gone && path.exit ? [path.exit] : [])].map(at);
  const line = new Path2D();
  places.forEach(([x, y], index) => (index === 0 ? line.moveTo(x, y) : line.lineTo(x, y)));
  const strokes: [string, number][] = [
    [css(palette.paper, 0.75), 4.6],
    [css(ink), 2.4],
  ];
  for (const [style, width] of strokes) {
    context.strokeStyle = style;
    context.lineWidth = width * scale;
    context.stroke(line);
  }
  const [x, y] = places.at(-1) ?? [0, 0];
  const head = new Path2D();
  head.arc(x, y, 6 * scale, 0, 2 * Math.PI);
  context.fillStyle = css(ink);
  context.fill(head);
  context.strokeStyle = css(palette.outline);
  context.lineWidth = 2 * scale;
  context.stroke(head);
}
