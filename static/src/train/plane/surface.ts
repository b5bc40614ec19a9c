/** The ground where points have values: what the network predicts, orange below 0 and blue above. */
import { MISSING, type LayerMaps } from "../live/parts";
import { mix, valueColour, type Palette, type Rgb } from "./palette";

/** As strong as leaves the points of the same colours in sight. */
const STRENGTH = 0.72;

/** Draws the first map of the layer over `width` x `width` pixels. */
export function drawSurface(
  context: CanvasRenderingContext2D,
  { scale, maps }: LayerMaps,
  size: number,
  palette: Palette,
  width: number,
): void {
  const image = new ImageData(size, size);
  const reach = scale[0] ?? 0;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const [red, green, blue] = groundOf(palette, maps[row * size + column] ?? 0, reach);
      // row 0 has the least y, and y points up
      image.data.set([red, green, blue, 255], 4 * ((size - 1 - row) * size + column));
    }
  }
  const small = new OffscreenCanvas(size, size);
  small.getContext("2d")?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(small, 0, 0, width, width);
}

/** The colour of a cell: grey where no finite number is predicted. */
export function groundOf(palette: Palette, cell: number, reach: number): Rgb {
  if (cell === MISSING) return mix(palette.paper, palette.ink, 0.35);
  return valueColour(palette, (STRENGTH * reach * cell) / 127);
}
