import { expect, it } from "vitest";
import type { Points } from "../live/points";
import { chosenFor, isMistake, UNKNOWN } from "./chosen";

const points = (x: number[], y: number[], label: number[]): Points => ({
  x: new Float32Array(x),
  y: new Float32Array(y),
  label: new Uint8Array(label),
  value: new Float32Array(),
});

it("is a mistake to be taken for another class, and none to be unknown", () => {
  expect(isMistake(1, 2)).toBe(true);
  expect(isMistake(1, 1)).toBe(false);
  expect(isMistake(1, UNKNOWN)).toBe(false);
  expect(isMistake(1, undefined)).toBe(false);
});

it("tells of points that stayed where they were, and of no others", () => {
  const told = {
    points: { train: points([0.1, 0.2], [0, 0], [0, 1]), validation: points([0.3], [0.5], [1]) },
    chosen: { train: new Uint8Array([1, 0]), validation: new Uint8Array([1]) },
  };
  expect(chosenFor(told.points, told)).toBe(told.chosen);
  // the first was erased, one was drawn, the held out one was moved
  const drawn = { train: points([0.2, 0.9], [0, 0], [1, 1]), validation: points([0.3], [0.6], [1]) };
  const found = chosenFor(drawn, told);
  expect([...found.train]).toEqual([0, UNKNOWN]);
  expect([...found.validation]).toEqual([UNKNOWN]);
});
