/** Arrays of an NPZ file: a ZIP archive of NPY files, as `numpy.savez` writes it. Nothing in it is executed. */
import type { components } from "../../shared/schema";
import { through } from "../../shared/streams";

type Tensor = components["schemas"]["InputTensor"];
type Nested = number | Nested[];

export interface NamedArray {
  name: string;
  shape: number[];
  values: Tensor;
}

/** What all arrays together may unfold to. */
const MOST_BYTES = 2 ** 24;
const MOST_RANK = 4;
const END = 0x06054b50;
const END_BYTES = 22;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const STORED = 0;
const DEFLATED = 8;
const READERS: Record<string, { size: number; read: (view: DataView, at: number) => number }> = {
  "<f4": { size: 4, read: (view, at) => view.getFloat32(at, true) },
  "<f8": { size: 8, read: (view, at) => view.getFloat64(at, true) },
  "<i4": { size: 4, read: (view, at) => view.getInt32(at, true) },
  "<i8": { size: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
};

/** The arrays of a file by name; null where it is no NPZ file, or one of other than numbers. */
export async function readNpz(bytes: Uint8Array): Promise<NamedArray[] | null> {
  try {
    const arrays: NamedArray[] = [];
    let left = MOST_BYTES;
    for (const { name, packed, method } of entries(bytes)) {
      const content = method === STORED ? packed : await through(new DecompressionStream("deflate-raw"), packed, left);
      left -= content.length;
      arrays.push({ name: name.replace(/\.npy$/, ""), ...readNpy(content) });
    }
    return arrays.length > 0 ? arrays : null;
  } catch {
    // cut short, mangled, too large, or of another kind: each browser throws its own
    return null;
  }
}

/** The files of an archive, by its table of contents; throws RangeError where that is none. */
function* entries(bytes: Uint8Array): Generator<{ name: string; packed: Uint8Array; method: number }> {
  const view = viewOf(bytes);
  let end = bytes.length - END_BYTES;
  while (view.getUint32(end, true) !== END) end -= 1;
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count -= 1) {
    const [method, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
    const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const [nameLength = 0] = lengths;
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(at, true) !== ENTRY || view.getUint32(local, true) !== LOCAL) throw new RangeError("no entry");
    if (method !== STORED && method !== DEFLATED) throw new RangeError("packed in another way");
    const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (begin + size > bytes.length) throw new RangeError("cut short");
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    yield { name, packed: bytes.subarray(begin, begin + size), method };
    at += lengths.reduce((sum, length) => sum + length, 46);
  }
}

/** One array; throws RangeError where its header is none or speaks of other than numbers. */
function readNpy(bytes: Uint8Array): Pick<NamedArray, "shape" | "values"> {
  const view = viewOf(bytes);
  if (!MAGIC.every((byte, at) => bytes[at] === byte)) throw new RangeError("no NPY file");
  const long = view.getUint8(6) > 1;
  const from = long ? 12 : 10;
  const data = from + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder("latin1").decode(bytes.subarray(from, data));
  const reader = READERS[/'descr': '([^']*)'/.exec(header)?.[1] ?? ""];
  const shape = /'shape': \(([\d, ]*)\)/.exec(header)?.[1]?.split(",").map((part) => part.trim());
  if (!reader || !shape) throw new RangeError("no array of numbers");
  const sizes = shape.filter((part) => part !== "").map(Number);
  if (sizes.length > MOST_RANK) throw new RangeError("of too many dimensions");
  const many = sizes.reduce((product, size) => product * size, 1);
  if (data + many * reader.size > bytes.length) throw new RangeError("cut short");
  const flat = Array.from({ length: many }, (_, index) => reader.read(view, data + index * reader.size));
  const columns = header.includes("'fortran_order': True");
  return { shape: sizes, values: nested(flat, sizes, columns) as Tensor };
}

/** Numbers in rows of rows; where columns come first, the first index runs fastest. */
function nested(flat: readonly number[], shape: readonly number[], columns: boolean): Nested {
  const strides = shape.map((_, axis) =>
    (columns ? shape.slice(0, axis) : shape.slice(axis + 1)).reduce((product, size) => product * size, 1),
  );
  const from = (axis: number, at: number): Nested =>
    axis === shape.length
      ? (flat[at] ?? 0)
      : Array.from({ length: shape[axis] ?? 0 }, (_, index) => from(axis + 1, at + index * (strides[axis] ?? 0)));
  return from(0, 0);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
