/** Labelled points of the plane. */
export interface Points {
  x: Float32Array;
  y: Float32Array;
  label: Uint8Array;
}

/** Points from the bytes they travel as: little-endian float32 coordinates, one byte a label. */
export function readPoints(x: Uint8Array, y: Uint8Array, label: Uint8Array): Points {
  if (x.length !== 4 * label.length || y.length !== 4 * label.length)
    throw new RangeError(
      `${label.length} labels do not fit ${x.length} and ${y.length} bytes of coordinates`,
    );
  return { x: floats(x), y: floats(y), label };
}

/** The bytes lie anywhere in their message, so a view of them as floats need not be aligned. */
function floats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(4 * index, true));
}
