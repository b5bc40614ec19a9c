import { expect, it } from "vitest";
import { MISSING } from "../live/parts";
import type { Palette } from "./palette";
import { groundOf } from "./surface";

const palette: Palette = {
  classes: [],
  paper: [255, 255, 255],
  line: [0, 0, 0],
  high: [0, 100, 160],
  low: [200, 80, 0],
  ink: [20, 20, 20],
  outline: [255, 255, 255],
  dark: false,
};

it("what is no finite number is grey, the least number orange, the largest blue", () => {
  const [grey, least, largest] = [MISSING, -127, 127].map((cell) => groundOf(palette, cell, 1));
  expect(new Set(grey)).toHaveLength(1);
  expect(least![0]).toBeGreaterThan(least![2]);
  expect(largest![2]).toBeGreaterThan(largest![0]);
  expect(groundOf(palette, 0, 1)).toEqual([255, 255, 255]);
});
