import { describe, expect, it } from "vitest";
import { indexOf, type OpEntry, type Ops } from "../answer";
import { square, sumTimes } from "../fixtures";
import { codeOf, forwardNumbers, latexName, localTerms, sharesAt, sumLatex, titleOf } from "./terms";

function op(name: string, symbol: string, formula: string, locals: Record<string, string>): OpEntry {
  const derivatives = Object.entries(locals).map(([argument, local]) => ({
    argument,
    local_kind: "elementwise" as const,
    formula: local,
    numpy: null,
  }));
  const rest = {
    operator: symbol,
    callable: false,
    arguments: Object.keys(locals),
    signature: "",
    doc: "",
    source: "",
    pattern: null,
    kinks: [],
    numpy: "",
    torch: "",
  };
  return { name, symbol, formula, derivatives, ...rest };
}

const ops: Ops = new Map([
  ["add", op("add", "+", "{a} + {b}", { a: "1", b: "1" })],
  ["multiply", op("multiply", "\u00d7", "{a} \\cdot {b}", { a: "{b}", b: "{a}" })],
]);
const index = indexOf(sumTimes);
const plain = (latex: string | null) => latex?.replace(/\\htmlClass\{[\w-]+\}/g, "").replace(/[{}]/g, "");

describe("terms", () => {
  it("puts numbers in the place of the arguments, in argument order", () => {
    expect(plain(forwardNumbers(index, index.node("n3"), ops))).toBe("-2 + 5");
    expect(plain(forwardNumbers(index, index.node("n4"), ops))).toBe("3 \\cdot (-4)");
  });

  it("says a local that is a lone number once", () => {
    expect(localTerms(index, index.edge("e0"), ops).numbers).toEqual([]);
    const { derivative, numbers } = localTerms(index, index.edge("e2"), ops);
    expect(derivative).toBe("\\dfrac{\\partial f}{\\partial q}");
    expect(numbers.map(plain)).toEqual(["-4"]);
    const huge = structuredClone(sumTimes);
    huge.nodes.find(({ id }) => id === "n2")!.value = 1e300;
    huge.edges.find(({ id }) => id === "e2")!.local = 1e300;
    const long = indexOf(huge);
    expect(localTerms(long, long.edge("e2"), ops).numbers).toHaveLength(1);
  });

  it("writes an argument without a name out, and calls a long one `in`", () => {
    const derivative = (formula: string) => {
      const nodes = sumTimes.nodes.map((node) => (node.id === "n3" ? { ...node, name: null, formula } : node));
      const changed = indexOf({ ...sumTimes, nodes });
      return localTerms(changed, changed.edge("e2"), ops).derivative;
    };
    expect(derivative("x + y")).toBe("\\dfrac{\\partial f}{\\partial (x + y)}");
    expect(derivative("w_{0} \\cdot x_{0} + w_{1} \\cdot x_{1} + w_{2}")).toBe(
      "\\dfrac{\\partial f}{\\partial \\mathrm{in}_{1}}",
    );
  });

  it("writes names as LaTeX", () => {
    expect(["x", "W1", "data_loss", "x_2"].map(latexName)).toEqual([
      "x",
      "W_{1}",
      "\\mathrm{data\\_loss}",
      "x_{2}",
    ]);
    expect(latexName("a".repeat(4000)).length).toBeLessThan(60);
  });

  it("adds up what comes back to a value used twice, as it arrives", () => {
    const twice = indexOf(square);
    const edge = twice.edge("e0");
    expect(plain(sumLatex(sharesAt(twice, edge.source, new Set(["e0"]))!))).toBe("3 + \\;?\\;");
    expect(plain(sumLatex(sharesAt(twice, edge.source, new Set(["e0", "e1"]))!))).toBe("3 + 3 = 6");
    expect(sharesAt(index, "n0", new Set())).toBeNull();
  });

  it("names nodes by name or by their text", () => {
    const unnamed = { ...index.node("n3"), name: null, span: [4, 9] as [number, number] };
    expect(codeOf(unnamed, "f = x + y * z")).toBe("x + y");
    expect(titleOf(unnamed, "f = x + y * z", ops)).toBe("x + y");
    expect(titleOf(index.node("n3"), "", ops)).toBe("q");
    expect(titleOf({ ...unnamed, op: "copy" }, "f = x + y * z", ops)).toBe("copy");
    expect(codeOf({ ...unnamed, span: [0, 60] }, "x + ".repeat(20))).toBeNull();
  });
});
