import { expect, it } from "vitest";
import { answer } from "./fixtures";
import { listed, sayStep } from "./words";

it("says what happens at each step", () => {
  expect(sayStep(answer, { stage: "batch", name: "" })).toMatch(/^Update 8 takes 2 training points/);
  expect(sayStep(answer, { stage: "forward", name: "h" })).toBe(
    "h is computed from X (2, 2), W (2, 3) and b (3,). It has shape (2, 3): a row for each point, a column for each of 3 units.",
  );
  expect(sayStep(answer, { stage: "loss", name: "loss" })).toContain("one number: 0. This is what");
  expect(sayStep(answer, { stage: "backward", name: "loss" })).toBe(
    "The way back begins with ∂loss/∂loss = 1. It goes on to data_loss and penalty.",
  );
  expect(sayStep(answer, { stage: "backward", name: "h" })).toContain("It goes on to W and b.");
  expect(sayStep(answer, { stage: "update", name: "b" })).toContain("shape (3,)");
  expect(sayStep(answer, { stage: "apply", name: "" })).toContain("step 8 holds these very numbers");
  expect(sayStep(answer, { stage: "apply", name: "" }, true)).toBe("Update 8 is made.");
  expect(sayStep({ ...answer, stopped: "it is good enough" }, { stage: "apply", name: "" })).toContain("good enough");
});

it("lists names", () => {
  expect([listed([]), listed(["a"]), listed(["a", "b", "c"])]).toEqual(["", "a", "a, b and c"]);
});
