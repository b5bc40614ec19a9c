import { describe, expect, it } from "vitest";
import { PRESETS } from "../train/presets/presets";
import { outlineOf } from "./outline";

describe("outlineOf", () => {
  it("reads layers, features and classes", () => {
    const { data, layers } = outlineOf("data=circles&classes=2&hidden=8-4&features=r%0Atheta%0Ax&noise=0.05");
    expect(layers).toEqual([3, 8, 4, 2]);
    expect(data).toMatchObject({ name: "circles", classes: 2, noise: 0.05 });
  });

  it("takes the default net where none is named, and none where it is empty", () => {
    expect(outlineOf("data=spiral&classes=3").layers).toEqual([2, 16, 16, 3]);
    expect(outlineOf("data=spiral&classes=3&hidden=").layers).toEqual([2, 3]);
  });

  it("gives one value to a surface and 64 pixels to an image", () => {
    expect(outlineOf("data=sine&hidden=32").layers).toEqual([2, 32, 1]);
    expect(outlineOf("data=digits&classes=10&hidden=").layers).toEqual([64, 10]);
  });

  it("asks for few points", () => {
    expect(outlineOf("data=circles&classes=2&samples=5462").data.samples).toBe(240);
    expect(outlineOf("data=moons&classes=2&samples=80").data.samples).toBe(80);
  });

  it("reads every preset", () => {
    for (const { query } of PRESETS) for (const units of outlineOf(query).layers) expect(units).toBeGreaterThan(0);
  });
});
