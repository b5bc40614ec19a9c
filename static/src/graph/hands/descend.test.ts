import { describe, expect, it } from "vitest";
import type { GraphNode } from "../answer";
import { sumTimes } from "../fixtures";
import { steppable, stepped, usual } from "./descend";

const inputs = sumTimes.nodes.filter(({ op }) => op === "input");
const truncated = { truncated: true, shape: [2000] } as GraphNode["value"];

describe("descend", () => {
  it("moves against the gradient", () => {
    expect(stepped(-2, -4, 0.1)).toBe(-1.6);
    expect(stepped([1, [2, 3]], [10, [0, -10]], 0.5)).toEqual([-4, [2, 8]]);
    expect(stepped(1, "Infinity", 0.1)).toBe(Number.NEGATIVE_INFINITY);
  });

  it("writes no noise of the binary system into the program", () => {
    expect(stepped(0.3, 1, 0.1)).toBe(0.2);
  });

  it("can step inputs whose numbers and gradients are all known", () => {
    const [x, y, z] = inputs as [GraphNode, GraphNode, GraphNode];
    const labels = { ...y, gradient: null };
    const large = { ...z, value: truncated };
    expect(steppable([...sumTimes.nodes]).map(({ name }) => name)).toEqual(["x", "y", "z"]);
    expect(steppable([x, labels, large])).toEqual([x]);
  });

  it("steps the parameters where there are any, else everything", () => {
    const [x, y] = inputs as [GraphNode, GraphNode];
    const parameter: GraphNode = { ...y, declared: "initializer" };
    expect(usual([x, y])).toEqual([x, y]);
    expect(usual([x, parameter])).toEqual([parameter]);
  });
});
