import { expect, it } from "vitest";
import { shortStep } from "./steps";

it("writes long steps short", () => {
  expect([0, 999, 9999, 10_000, 12_500, 1_250_000].map(shortStep)).toEqual([
    "0",
    "999",
    "9999",
    "10k",
    "12.5k",
    "1.25M",
  ]);
});
