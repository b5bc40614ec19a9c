/** What units look for in images, as maps: data that are no places in a plane have no other picture. */
import type { LayerMaps, UnitMaps } from "../live/parts";
import { largestOf } from "./strengths";
import type { Numbers } from "./picture";
import type { Wiring } from "./wiring";

/** Full colour of a map's bytes. */
const FULL = 127;

/**
 * Each feature as the place of its pixel, and each unit of the layers that see the features as the weights into it:
 * blue where a bright pixel counts for the unit, orange where against. Null where the features make no square image.
 */
export function picturesOf({ columns, wires }: Wiring, numbers: Numbers): UnitMaps | null {
  const pixels = columns[0]?.units ?? 0;
  const size = Math.sqrt(pixels);
  if (!Number.isInteger(size) || size < 2) return null;
  const layers: LayerMaps[] = [{ name: columns[0]!.name, ...places(pixels, size) }];
  for (const { from, to, matrix } of wires) {
    const target = columns[to];
    const weights = numbers.parameters.get(matrix ?? "")?.values;
    if (from !== 0 || !target || weights?.length !== pixels * target.units) continue;
    layers.push({ name: target.name, ...templates(weights, target.units, size) });
  }
  return { size, layers };
}

function places(pixels: number, size: number): Omit<LayerMaps, "name"> {
  const maps = new Int8Array(pixels * pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) maps[pixel * pixels + turned(pixel, size)] = FULL;
  return { scale: new Float32Array(pixels).fill(1), maps };
}

function templates(weights: Float32Array, units: number, size: number): Omit<LayerMaps, "name"> {
  const pixels = size * size;
  const maps = new Int8Array(units * pixels);
  const scale = new Float32Array(units);
  for (let unit = 0; unit < units; unit += 1) {
    const into = Float32Array.from({ length: pixels }, (_, pixel) => weights[pixel * units + unit] ?? 0);
    scale[unit] = largestOf([into]);
    if (scale[unit] === 0) continue;
    into.forEach((weight, pixel) => {
      maps[unit * pixels + turned(pixel, size)] = Math.round((FULL * weight) / scale[unit]!);
    });
  }
  return { scale, maps };
}

/** Images are told from the top row down, maps from the lowest row up. */
function turned(pixel: number, size: number): number {
  return (size - 1 - Math.floor(pixel / size)) * size + (pixel % size);
}
