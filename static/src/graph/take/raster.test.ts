import { expect, test } from "vitest";
import { sharpnessOf } from "./raster";

test("a picture is twice as sharp as the screen until a canvas would be too large", () => {
  expect(sharpnessOf({ width: 900, height: 300 })).toBe(2);
  expect(sharpnessOf({ width: 16_384, height: 300 })).toBe(1);
  const { width, height } = { width: 8000, height: 8000 };
  expect(width * height * sharpnessOf({ width, height }) ** 2).toBeCloseTo(40_000_000);
});
