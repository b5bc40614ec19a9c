import { expect, it } from "vitest";
import { beginOf, litOf, stepsOf } from "./stages";
import { answer } from "./fixtures";

it("walks forward, over the loss, back, and through every parameter", () => {
  const words = stepsOf(answer).map(({ stage, name }) => `${stage} ${name}`.trim());
  expect(words).toEqual([
    "batch",
    "forward h",
    "forward scores",
    "loss penalty",
    "loss data_loss",
    "loss loss",
    "backward loss",
    "backward data_loss",
    "backward scores",
    "backward penalty",
    "backward h",
    "update W",
    "update b",
    "apply",
  ]);
  const steps = stepsOf(answer);
  expect(beginOf(steps, "backward")).toBe(6);
  expect(beginOf([], "backward")).toBe(-1);
});

it("lights a statement with what it is computed from, and parameters by themselves", () => {
  const lit = (stage: "backward" | "forward" | "update" | "apply" | "batch", name: string) => {
    const { columns, parameters } = litOf(answer, { stage, name });
    return [[...columns], [...parameters]];
  };
  expect(lit("forward", "h")).toEqual([["h", "X"], ["W", "b"]]);
  expect(lit("backward", "scores")).toEqual([["scores", "h"], []]);
  expect(lit("update", "b")).toEqual([[], ["b"]]);
  expect(lit("apply", "")).toEqual([[], ["W", "b"]]);
  expect(lit("batch", "")).toEqual([["X"], []]);
});
