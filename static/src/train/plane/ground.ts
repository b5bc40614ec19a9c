/** The ground of the classes, the stronger the surer or flat, and the lines between them. */
import type { Boundary } from "../live/protocol";
import { leadOf, Tracer } from "./contours";
import { classColour, css, mix, strength, type Palette } from "./palette";
import { Smoother, type Regions } from "./regions";

/** Shades of a class, from no margin to one of WIDEST. */
const SHADES = 512;
const WIDEST = 8;
/** The margin whose shade a flat ground has all over: a class in full colour. */
const FLAT = 4;

export class Ground {
  #smoother = new Smoother();
  #tracer = new Tracer(0);
  #canvas = document.createElement("canvas");
  #image: ImageData | null = null;
  #pixels = new Uint32Array(0);
  #shades: { of: Palette; flat: boolean; pixels: Uint32Array } | null = null;
  #field = new Float32Array(0);

  /** Draws the boundary over `width` x `width` pixels of the context. */
  draw(
    context: CanvasRenderingContext2D,
    boundary: Boundary,
    classes: number,
    palette: Palette,
    width: number,
    flat = false,
  ): void {
    const regions = this.#smoother.regions(boundary, classes);
    this.#fill(regions, palette, flat);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "low";
    context.drawImage(this.#canvas, 0, 0, width, width);
    this.#borders(context, regions, palette, width);
  }

  #fill(regions: Regions, palette: Palette, flat: boolean): void {
    const { fine, leader, margin } = regions;
    const pen = this.#canvas.getContext("2d");
    if (!pen) return;
    if (this.#canvas.width !== fine || !this.#image) {
      this.#canvas.width = this.#canvas.height = fine;
      this.#image = pen.createImageData(fine, fine);
      this.#pixels = new Uint32Array(this.#image.data.buffer);
    }
    const shades = this.#shadesOf(regions.classes, palette, flat);
    const pixels = this.#pixels;
    const scale = (SHADES - 1) / WIDEST;
    for (let y = 0; y < fine; y += 1) {
      // row 0 has the least y, and y points up
      const row = (fine - 1 - y) * fine;
      const from = y * fine;
      for (let x = 0; x < fine; x += 1) {
        const shade = Math.min(SHADES - 1, (margin[from + x]! * scale) | 0);
        pixels[row + x] = shades[leader[from + x]! * SHADES + shade]!;
      }
    }
    pen.putImageData(this.#image, 0, 0);
  }

  #shadesOf(classes: number, palette: Palette, flat: boolean): Uint32Array {
    const kept = this.#shades;
    if (kept?.of === palette && kept.flat === flat && kept.pixels.length === classes * SHADES) return kept.pixels;
    const pixels = shadesOf(classes, palette, flat);
    this.#shades = { of: palette, flat, pixels };
    return pixels;
  }

  #borders(context: CanvasRenderingContext2D, regions: Regions, palette: Palette, width: number): void {
    const { fine, classes, scores } = regions;
    if (this.#tracer.size !== fine) {
      this.#tracer = new Tracer(fine);
      this.#field = new Float32Array(fine * fine);
    }
    const scale = width / fine;
    const path = new Path2D();
    const pen = {
      moveTo: (x: number, y: number) => path.moveTo((x + 0.5) * scale, (fine - 0.5 - y) * scale),
      lineTo: (x: number, y: number) => path.lineTo((x + 0.5) * scale, (fine - 0.5 - y) * scale),
    };
    // the last class has no border that another one has not
    for (let label = 0; label + 1 < classes; label += 1) {
      leadOf(label, scores, this.#field);
      this.#tracer.trace(this.#field, pen);
    }
    context.lineJoin = "round";
    context.strokeStyle = css(palette.line);
    context.lineWidth = width / 330;
    context.stroke(path);
  }
}

/** Opaque pixels, little-endian, for each class from a border to where it is surest. */
function shadesOf(classes: number, palette: Palette, flat: boolean): Uint32Array {
  const shades = new Uint32Array(classes * SHADES);
  for (let label = 0; label < classes; label += 1) {
    for (let shade = 0; shade < SHADES; shade += 1) {
      const margin = flat ? FLAT : (WIDEST * shade) / (SHADES - 1);
      const colour = mix(palette.paper, classColour(palette, label), strength(margin, palette.dark));
      const [red, green, blue] = colour.map(Math.round) as [number, number, number];
      shades[label * SHADES + shade] = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
    }
  }
  return shades;
}
