import { describe, expect, it } from "vitest";
import { sumTimes } from "./fixtures";
import { MOST_GATES, PLAIN, collapsed, lumpedAs, unlumped, withoutSelections, type View } from "./view";

const [, , , sum, product] = sumTimes.nodes;
const statement = (node: string, many: number) => ({
  name: node,
  node,
  span: [0, 1] as [number, number],
  gates: Array.from({ length: many }, (_, i) => `${node}/${i}`),
});

describe("statements of a large graph", () => {
  it("stay open while there is room", () => {
    expect(collapsed(PLAIN, [statement("h", MOST_GATES)])).toEqual([]);
  });

  it("are collapsed beyond it, those of several gates, unless the reader chose", () => {
    const many = [statement("h", MOST_GATES), statement("f", 1)];
    expect(collapsed(PLAIN, many)).toEqual(["h"]);
    expect(collapsed({ ...PLAIN, collapse: [] }, many)).toEqual([]);
  });
});

describe("a lumped gate", () => {
  const view: View = { ...PLAIN, lump: ["sigmoid", { name: "both", keys: ["k-n3", "k-n4"] }] };
  const byHand = { ...product!, op: "selection", members: ["k-n3", "k-n4"] };
  const sigmoid = { ...sum!, op: "sigmoid", members: ["a", "b"] };
  const line = { ...sum!, op: "selection", key: "h", members: ["h/0", "h"] };

  it("knows what it stands for", () => {
    expect(lumpedAs(sum!, view, [])).toBeNull();
    expect(lumpedAs(byHand, view, [])).toBe("selection");
    expect(lumpedAs(sigmoid, view, [])).toBe("op");
    expect(lumpedAs(line, view, ["h"])).toBe("statement");
  });

  it("opens up alone", () => {
    expect(unlumped(byHand, view, []).lump).toEqual(["sigmoid"]);
    expect(unlumped(sigmoid, view, []).lump).toEqual([view.lump[1]]);
    expect(unlumped(line, view, ["g", "h"]).collapse).toEqual(["g"]);
    expect(unlumped(sum!, view, [])).toBe(view);
    expect(withoutSelections(view).lump).toEqual(["sigmoid"]);
  });
});
