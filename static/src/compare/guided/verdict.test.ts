import { expect, it } from "vitest";
import { verdict, type Losses } from "./verdict";

const of = (train: number, validation: number, lowest = validation): Losses => ({ train, validation, lowest });

it("says what two losses mean, by their numbers alone", () => {
  expect(verdict(of(0.8, 0.9), null).kind).toBe("together");
  expect(verdict(of(0.02, 1.5, 0.4), null).kind).toBe("overfits");
  expect(verdict(of(0.02, 1.5, 0.4), 0.3).words).toContain("0.4000");
  expect(verdict(of(0.12, 0.36, 0.35), 0.3).kind).toBe("fits");
});

it("calls underfitted what is worse on its own points than another net on points it never saw", () => {
  expect(verdict(of(0.7, 0.77), 0.36)).toMatchObject({ kind: "underfits" });
  expect(verdict(of(0.7, 0.77), 0.71).kind).toBe("together");
});
