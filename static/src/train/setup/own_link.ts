/** Points of one's own in a link: five bytes each, as base64 that an address may hold. */
import { fromBase64Url, toBase64Url } from "../live/base64";
import type { OwnPoints } from "./setup";

/** More would not fit an address: such points are left out of it. */
export const MOST_LINKED = 5_000;
/** Set in the byte of the label where the point is held out. */
const HELD_OUT = 0x80;
/** Coordinates are kept to a 10,000th, far below a pixel of the plane. */
const SCALE = 10_000;
const MOST = 32_767;
const BYTES = 5;

export function writeOwn({ x, y, label, heldOut }: OwnPoints): string {
  const view = new DataView(new ArrayBuffer(BYTES * label.length));
  label.forEach((one, index) => {
    view.setInt16(BYTES * index, packed(x[index] ?? 0), true);
    view.setInt16(BYTES * index + 2, packed(y[index] ?? 0), true);
    view.setUint8(BYTES * index + 4, heldOut[index] ? one | HELD_OUT : one);
  });
  return toBase64Url(new Uint8Array(view.buffer));
}

/** The points of a text, undefined where it holds none. */
export function readOwn(text: string): OwnPoints | undefined {
  const bytes = fromBase64Url(text);
  if (bytes === null || bytes.length === 0 || bytes.length % BYTES !== 0) return undefined;
  const view = new DataView(bytes.buffer);
  const places = Array.from({ length: bytes.length / BYTES }, (_, index) => BYTES * index);
  const held = places.map((at) => (view.getUint8(at + 4) & HELD_OUT) !== 0);
  return {
    x: places.map((at) => view.getInt16(at, true) / SCALE),
    y: places.map((at) => view.getInt16(at + 2, true) / SCALE),
    label: places.map((at) => view.getUint8(at + 4) & ~HELD_OUT),
    heldOut: held.some(Boolean) ? held : [],
  };
}

function packed(coordinate: number): number {
  return Math.max(-MOST, Math.min(MOST, Math.round(coordinate * SCALE)));
}
