import { describe, expect, it } from "vitest";
import { indexOf, type GraphAnswer, type Ops } from "../answer";
import { sumTimes } from "../fixtures";
import { drawingOf } from "./drawing";

const ops = new Map([
  ["add", { symbol: "+", operator: "+" }],
  ["multiply", { symbol: "×", operator: "*" }],
]) as unknown as Ops;

/** sumTimes with a constant in place of one leaf. */
function withConstant(leaf: string): GraphAnswer {
  const nodes = sumTimes.nodes.map((node) =>
    node.id === leaf ? { ...node, op: "constant", name: null, gradient: null } : node,
  );
  return { ...sumTimes, nodes };
}

describe("the look of a drawing", () => {
  it("leaves out constants, which their gates then wear", () => {
    const look = { constants: false, lump: [] };
    const after = drawingOf(indexOf(withConstant("n2")), ops, look);
    expect(after.gates.map(({ text }) => text)).toEqual(["x", "y", "+", "× \u22124"]);
    expect(after.wires.some(({ from }) => from === "k-n2")).toBe(false);
    const before = drawingOf(indexOf(withConstant("n0")), ops, look);
    expect(before.gates.map(({ text }) => text)).toEqual(["y", "z", "\u22122 +", "×"]);
    // the one operand that is left arrives in the middle
    expect(before.gates.find(({ key }) => key === "k-n3")?.ports).toBe(1);
    expect(before.wires.find(({ from }) => from === "k-n1")?.argument).toBe(0);
  });

  it("names what was lumped, and says how many gates it stands for", () => {
    const nodes = sumTimes.nodes.map((node) =>
      node.id === "n3" ? { ...node, op: "selection", pattern: null, members: ["k-n3", "k-n9"] } : node,
    );
    const index = indexOf({ ...sumTimes, nodes });
    const statement = drawingOf(index, ops).gates[3];
    expect(statement).toMatchObject({ text: "q", caption: null, pattern: "2 gates", lumped: 2 });
    const lump = [{ name: "block", keys: ["k-n9", "k-n3"] }];
    expect(drawingOf(index, ops, { constants: true, lump }).gates[3]).toMatchObject({
      text: "block",
      caption: "q",
    });
  });
});
