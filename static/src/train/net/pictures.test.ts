import { describe, expect, it } from "vitest";
import { Numbers } from "./picture";
import { picturesOf } from "./pictures";
import type { Wiring } from "./wiring";

const column = (name: string, kind: "features" | "hidden" | "scores", units: number) => ({
  name,
  kind,
  units,
  activation: null,
  bias: null,
});
const wiring = (pixels: number): Wiring => ({
  columns: [column("X", "features", pixels), column("h1", "hidden", 2), column("scores", "scores", 3)],
  wires: [
    { from: 0, to: 1, matrix: "W1" },
    { from: 1, to: 2, matrix: "W2" },
  ],
  undrawn: [],
});
const numbers = (pixels: number, values: number[]) =>
  new Numbers(
    {
      parameters: [
        { name: "W1", shape: [pixels, 2], values: Float32Array.from(values), gradients: new Float32Array(2 * pixels) },
      ],
      units: [],
    },
    wiring(pixels),
  );

describe("picturesOf", () => {
  // four pixels: top left, top right, bottom left, bottom right
  const pictures = picturesOf(wiring(4), numbers(4, [2, 0, -4, 0, 1, 0, 0, 0]));

  it("shows the weights into a unit, the largest in full colour, the bottom row first", () => {
    const hidden = pictures?.layers[1];
    expect(pictures?.size).toBe(2);
    expect(hidden?.name).toBe("h1");
    expect([...hidden!.maps.slice(0, 4)]).toEqual([32, 0, 64, -127]);
    expect(hidden?.scale[0]).toBe(4);
  });

  it("leaves a unit without weights blank", () => {
    expect([...pictures!.layers[1]!.maps.slice(4)]).toEqual([0, 0, 0, 0]);
    expect(pictures!.layers[1]!.scale[1]).toBe(0);
  });

  it("shows where the pixel of a feature is", () => {
    expect([...pictures!.layers[0]!.maps.slice(0, 4)]).toEqual([0, 0, 127, 0]);
  });

  it("has none for layers that do not see the image, nor for features that make no square", () => {
    expect(pictures?.layers.map(({ name }) => name)).toEqual(["X", "h1"]);
    expect(picturesOf(wiring(5), numbers(5, new Array<number>(10).fill(0)))).toBeNull();
  });
});
