import { describe, expect, it } from "vitest";
import { indexOf } from "../answer";
import { square, sumTimes } from "../fixtures";
import { keepPosition, knownAfter, litEdges, stepsOf, turnsOf } from "./steps";

const index = indexOf(sumTimes);
const steps = stepsOf(index);
const turns = turnsOf(index, steps);
const nodes = index.answer.nodes.map(({ id }) => id);
const edges = index.answer.edges.map(({ id }) => id);

describe("the walk", () => {
  it("goes forward through the gates, seeds the output, and goes back", () => {
    expect(steps.map((step) => `${step.kind} ${step.node}`)).toEqual([
      "forward n3",
      "forward n4",
      "seed n4",
      "backward n4",
      "backward n3",
    ]);
  });

  it("knows only what has happened", () => {
    const start = knownAfter(turns, 0);
    expect(nodes.filter(start.values.has)).toEqual(["n0", "n1", "n2"]);
    expect(nodes.filter(start.gradients.has)).toEqual([]);
    const seeded = knownAfter(turns, 3);
    expect(seeded.values.has("n4")).toBe(true);
    expect(nodes.filter(seeded.gradients.has)).toEqual(["n4"]);
    const back = knownAfter(turns, 4);
    expect(edges.filter(back.edges.has)).toEqual(["e2", "e3"]);
    expect(back.gradients.has("n2")).toBe(true);
    expect(back.gradients.has("n0")).toBe(false);
  });

  it("knows a sum only when every share has arrived", () => {
    const twice = structuredClone(square);
    // Each share arrives at a step of its own.
    twice.backward = [
      { node: "n1", edges: ["e0"] },
      { node: "n1", edges: ["e1"] },
    ];
    const walk = stepsOf(indexOf(twice));
    const arrivals = turnsOf(indexOf(twice), walk);
    expect(knownAfter(arrivals, walk.length - 1).gradients.has("n0")).toBe(false);
    expect(knownAfter(arrivals, walk.length).gradients.has("n0")).toBe(true);
  });

  it("has no backward half when the output has no gradient", () => {
    const constant = structuredClone(sumTimes);
    for (const node of constant.nodes) node.gradient = null;
    expect(stepsOf(indexOf(constant)).every((step) => step.kind === "forward")).toBe(true);
  });

  it("stays at the end when the program grows, and within it when it shrinks", () => {
    expect(keepPosition(5, 5, 9)).toBe(9);
    expect(keepPosition(2, 5, 9)).toBe(2);
    expect(keepPosition(4, 5, 3)).toBe(3);
  });

  it("lights what flows in, then what is handed back", () => {
    expect([...litEdges(index, steps[0]!)]).toEqual(["e0", "e1"]);
    expect([...litEdges(index, steps[3]!)]).toEqual(["e2", "e3"]);
    expect(litEdges(index, steps[2]!).size).toBe(0);
  });
});
