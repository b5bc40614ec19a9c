import { expect, it } from "vitest";
import { voteAt } from "./neighbours.svelte";

it("tells the vote in the cell of a place, the least y first", () => {
  const boundary = {
    size: 2,
    classes: new Uint8Array([0, 1, 2, 3]),
    confidence: new Uint8Array([255, 153, 102, 51]),
  };
  const answer = { k: 5, boundary, accuracy: { train: 1, validation: 1 } };
  expect(voteAt(answer, [-0.5, -0.5], [-1, 1])).toBe("5-NN in this cell: class 0, 5 of 5");
  expect(voteAt(answer, [0.5, -0.5], [-1, 1])).toContain("class 1, 3 of 5");
  expect(voteAt(answer, [1, 1], [-1, 1])).toContain("class 3, 1 of 5");
  expect(voteAt({ ...answer, boundary: null }, [0, 0], [-1, 1])).toBeNull();
});
