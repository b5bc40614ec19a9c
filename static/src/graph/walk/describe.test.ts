import { describe, expect, it } from "vitest";
import { indexOf, type GraphAnswer, type Ops } from "../answer";
import { square, sumTimes } from "../fixtures";
import { describe as words } from "./describe";
import { knownAfter, stepsOf, turnsOf } from "./steps";

const NO_OPS: Ops = new Map();

function told(answer: GraphAnswer, position: number): string {
  const index = indexOf(answer);
  const steps = stepsOf(index);
  return words(index, "", NO_OPS, steps[position - 1]!, knownAfter(turnsOf(index, steps), position));
}

describe("a step in words", () => {
  it("tells the three factors of every argument", () => {
    expect(told(sumTimes, 1)).toBe("Forward: q is 3.");
    expect(told(sumTimes, 3)).toBe("Backward begins: the gradient of f is 1.");
    expect(told(sumTimes, 4)).toBe(
      "Backward through f: q gets upstream 1 times local \u22124 is \u22124; z gets upstream 1 times local 3 is 3.",
    );
  });

  it("tells the sum where a value is used twice, as it arrives", () => {
    expect(told(square, 3)).toMatch(/The 2 gradients that came back to x add up: 3 plus 3 is 6\.$/);
    const halves = structuredClone(square);
    halves.backward = [
      { node: "n1", edges: ["e0"] },
      { node: "n1", edges: ["e1"] },
    ];
    expect(told(halves, 3)).toMatch(/So far 1 of 2 gradients came back to x\.$/);
  });

  it("tells that what was repeated is added up", () => {
    const repeated = structuredClone(sumTimes);
    const [edge] = repeated.edges;
    repeated.nodes.find(({ id }) => id === "n3")!.shape = [2];
    Object.assign(edge!, { upstream: [1, 2], local: [3, 4], downstream: 11 });
    expect(told(repeated, 5)).toContain("x gets upstream [1, 2] times local [3, 4], added up, is 11");
  });
});
