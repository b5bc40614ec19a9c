import { expect, it } from "vitest";
import { tableOf } from "./colours";

const pixel = (red: number, green: number, blue: number) =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

it("numbers go from one colour over the paper to the other", () => {
  const table = tableOf([200, 80, 0], [255, 255, 255], [0, 100, 160], [120, 120, 120]);
  expect(table).toHaveLength(256);
  expect(table[128]).toBe(pixel(255, 255, 255));
  expect(table[255]).toBe(pixel(0, 100, 160));
  expect(table[1]).toBe(pixel(200, 80, 0));
  // -128 stands for no finite number, and not for a very small one
  expect(table[0]).toBe(pixel(120, 120, 120));
  const reds = Array.from(table.slice(128), (value) => value & 255);
  expect(reds).toEqual([...reds].sort((a, b) => b - a));
});
