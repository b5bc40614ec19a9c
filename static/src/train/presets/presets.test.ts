import { expect, it } from "vitest";
import { PRESETS } from "./presets";

it("has a name of its own for each, and a row of the lecture", () => {
  expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
  for (const { row, query } of PRESETS) {
    expect(row).toMatch(/^L\d+$/);
    expect([...new URLSearchParams(query).keys()]).toContain("data");
  }
});
