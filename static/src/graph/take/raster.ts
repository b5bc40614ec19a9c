/** A picture of points made of a picture of lines. */
import type { Picture } from "./picture";

const SHARPNESS = 2;
/** Browsers refuse larger canvases. */
const LONGEST = 16_384;
const MOST_POINTS = 40_000_000;

/** Twice as sharp as on the screen, or as sharp as a canvas can be. */
export function sharpnessOf({ width, height }: Pick<Picture, "width" | "height">): number {
  return Math.min(SHARPNESS, LONGEST / Math.max(width, height), Math.sqrt(MOST_POINTS / (width * height)));
}

/** The picture as PNG; throws when the browser has no canvas that large. */
export async function pngOf(picture: Picture): Promise<Blob> {
  const sharpness = sharpnessOf(picture);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * sharpness);
  canvas.height = Math.round(picture.height * sharpness);
  const image = await imageOf(picture.svg);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!png) throw new Error("the browser could not make the picture: take the SVG");
  return png;
}

async function imageOf(svg: string): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(address);
  }
  return image;
}
