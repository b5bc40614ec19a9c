import { expect, it } from "vitest";
import { ranks } from "./ranks";

it("counts places from the lowest, shares those that are alike, and leaves out what has none", () => {
  expect(ranks([0.5, null, 0.1, 0.5, 2])).toEqual([2, null, 1, 2, 4]);
});
