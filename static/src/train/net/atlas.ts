/** Maps of all units drawn, side by side on one small canvas: painted at once, then stretched over the tiles. */
import type { UnitMaps } from "../live/parts";
import { MOST } from "./geometry";

/** Pixels along a side from which a map is smoothed: what has fewer is an image, whose pixels are told apart. */
export const SMOOTH = 16;

export class Atlas {
  readonly canvas = document.createElement("canvas");
  size = 0;
  #image: ImageData | null = null;
  #pixels = new Uint32Array(0);
  /** The place of the first unit of each layer on the strip. */
  #firsts = new Map<string, { first: number; units: number }>();

  /** Paints the maps of a frame by a table of pixels for -128 to 127. */
  paint(units: UnitMaps, table: Uint32Array): void {
    this.#firsts.clear();
    let many = 0;
    for (const { name, scale } of units.layers) {
      const shown = Math.min(scale.length, MOST);
      this.#firsts.set(name, { first: many, units: shown });
      many += shown;
    }
    this.size = units.size;
    const pen = this.canvas.getContext("2d", { alpha: false });
    if (!pen || many === 0) return;
    const width = many * units.size;
    if (!this.#image || this.#image.width !== width || this.#image.height !== units.size) {
      this.canvas.width = width;
      this.canvas.height = units.size;
      this.#image = pen.createImageData(width, units.size);
      this.#pixels = new Uint32Array(this.#image.data.buffer);
    }
    for (const { name, maps } of units.layers) {
      const place = this.#firsts.get(name);
      for (let unit = 0; place && unit < place.units; unit += 1)
        fill(this.#pixels, width, (place.first + unit) * units.size, maps, unit, units.size, table);
    }
    pen.putImageData(this.#image, 0, 0);
  }

  /** Draws one unit's map over a square; false when there is none. */
  draw(pen: CanvasRenderingContext2D, layer: string, unit: number, x: number, y: number, side: number): boolean {
    const place = this.#firsts.get(layer);
    if (!place || unit >= place.units) return false;
    const { size } = this;
    pen.imageSmoothingEnabled = size >= SMOOTH;
    pen.drawImage(this.canvas, (place.first + unit) * size, 0, size, size, x, y, side, side);
    return true;
  }
}

/** Copies one map onto the strip, the least y at the bottom. */
export function fill(
  pixels: Uint32Array,
  width: number,
  left: number,
  maps: Int8Array,
  unit: number,
  size: number,
  table: Uint32Array,
): void {
  let at = unit * size * size;
  for (let row = size - 1; row >= 0; row -= 1) {
    const start = row * width + left;
    for (let x = 0; x < size; x += 1, at += 1) pixels[start + x] = table[maps[at]! + 128]!;
  }
}
