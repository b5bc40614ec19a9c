import { describe, expect, it } from "vitest";
import { LECTURE, readChoice, writeChoice } from "./choice";
import { curveProgram, gridOf, KINDS, pointProgram } from "./programs";

const [softmax, hinge] = KINDS;

describe("the programs", () => {
  it("say one point with its penalty", () => {
    expect(hinge && pointProgram(hinge, LECTURE).split("\n")).toEqual([
      "scores = [[3.2, 5.1, -1.7]]",
      "y = [0]",
      "W = [[0.5, -1.2, 0.3], [1, 0.4, -0.7]]",
      "data_loss = hinge_loss(scores, y, margin=1)",
      "R = sum(W**2)",
      "regularization = 0.1 * R",
      "loss = data_loss + regularization",
    ]);
    expect(softmax && pointProgram(softmax, LECTURE)).toContain("cross_entropy(scores, y)");
  });

  it("keep within what one program may hold, however the choice is", () => {
    const choice = { ...LECTURE, margin: 0.15 };
    const rows = gridOf(choice).length;
    for (const kind of KINDS) expect(curveProgram(kind, choice, rows).length).toBeLessThan(4000);
    expect(3 * rows).toBeLessThan(500);
  });

  it("ask close to the bends of the hinge", () => {
    const near = (grid: number[], bend: number) => grid.filter((x) => Math.abs(x - bend) < 1e-5).length;
    // the own score: where it leads each other one by the margin
    expect([near(gridOf(LECTURE), 6.1), near(gridOf(LECTURE), -0.7)]).toEqual([2, 2]);
    // another score: where it comes within the margin
    expect(near(gridOf({ ...LECTURE, varied: 1 }), 2.2)).toBe(2);
    const grid = gridOf(LECTURE);
    expect(grid).toEqual(grid.toSorted((a, b) => a - b));
  });
});

describe("the address", () => {
  it("says the choice, and the lecture's where it cannot be read", () => {
    const choice = { ...LECTURE, scores: [1, -2.5, 0], own: 2, varied: 1, margin: 0.5, lambda: 0 };
    expect(readChoice(writeChoice(choice))).toEqual(choice);
    expect(readChoice("")).toEqual(LECTURE);
    expect(readChoice("?scores=1_2&class=9&vary=x&lambda=7&weights=1_2_3__a")).toEqual({
      ...LECTURE,
      own: 2,
      lambda: 1,
      weights: [[1, 2, 3], LECTURE.weights[1]],
    });
    expect(readChoice("?scores=99_0_0").scores).toEqual([8, 0, 0]);
  });
});
