import { expect, it } from "vitest";
import { markPath } from "./marks";
import { markRadius } from "./points";

it("gives each class another mark, also in the legend", () => {
  const paths = Array.from({ length: 10 }, (_, label) => markPath(label, 4));
  expect(new Set(paths).size).toBe(10);
  expect(paths[0]).toContain("A4 4");
  expect(paths[1]?.match(/L/g)).toHaveLength(3);
  expect(paths[2]?.match(/L/g)).toHaveLength(2);
});

it("draws many points smaller, but never too small to tell their shape", () => {
  expect(markRadius(560, 100)).toBeGreaterThan(markRadius(560, 900));
  expect(markRadius(560, 20_000)).toBeGreaterThan(2.5);
  expect(markRadius(1120, 600)).toBeCloseTo(2 * markRadius(560, 600));
});
