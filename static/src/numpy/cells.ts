/** The blocks of an array as they come, base64 of float32, made into rows. */
import type { components } from "../shared/schema";

type Blocks = components["schemas"]["Blocks"];

export function rowsOf({ rows, columns, values }: Blocks): number[][] {
  const text = atob(values as string);
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const numbers = new DataView(bytes.buffer);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => numbers.getFloat32(4 * (row * columns + column), true)),
  );
}

/** Names that hold a derivative of the loss: `dW1`, `dscores`. */
export function isGradient(name: string): boolean {
  return /^d[A-Za-z]/.test(name);
}
