/** Points as they travel: in the plane with a class or a value each; other data have no coordinates. */
import { floats } from "./bytes";

export interface Points {
  x: Float32Array;
  y: Float32Array;
  /** A class each; empty where points have values. */
  label: Uint8Array;
  /** A value each; empty where points have classes. */
  value: Float32Array;
}

/** Points from their bytes: little-endian float32 numbers, one byte a label. */
export function readPoints(x: Uint8Array, y: Uint8Array, label: Uint8Array, value: Uint8Array): Points {
  const points = { x: floats(x), y: floats(y), label, value: floats(value) };
  const many = points.label.length + points.value.length;
  if (points.x.length !== points.y.length || ![0, many].includes(points.x.length))
    throw new RangeError(`${points.x.length} and ${points.y.length} coordinates do not fit ${many} points`);
  return points;
}

/** How many points there are. */
export function count({ label, value }: Points): number {
  return label.length + value.length;
}
