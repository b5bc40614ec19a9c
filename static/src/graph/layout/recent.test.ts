import { expect, test } from "vitest";
import type { Spot } from "./arrange";
import { Recent } from "./recent";

const room = (...widths: number[]) => ({
  boxes: widths.map((width, i) => ({ key: `b${i}`, width, height: 10, ordered: false })),
  links: [],
});
const places = (x: number): Map<string, Spot> => new Map([["b0", { x, y: 0, half: 0 }]]);

test("a room laid out before has its places, one that differs in a size has none", () => {
  const recent = new Recent();
  recent.keep(room(10), places(1));
  recent.keep(room(10, 20), places(2));
  expect(recent.find(room(10))).toEqual(places(1));
  expect(recent.find(room(10, 20))).toEqual(places(2));
  expect(recent.find(room(11))).toBeNull();
});

test("the oldest is forgotten first", () => {
  const recent = new Recent();
  for (let width = 1; width <= 9; width += 1) recent.keep(room(width), places(width));
  expect(recent.find(room(1))).toBeNull();
  expect(recent.find(room(2))).toEqual(places(2));
});
