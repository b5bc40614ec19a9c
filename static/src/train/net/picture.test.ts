import { describe, expect, it } from "vitest";
import { curveOf, layOut } from "./geometry";
import { eachLink, isLit, isLitWire, linkAt, nameOf, Numbers, stepsOf, type Link } from "./picture";
import { STEPS } from "./strengths";
import type { Wiring } from "./wiring";

const wiring: Wiring = {
  columns: [
    { name: "X", kind: "features", units: 2, activation: null, bias: null },
    { name: "h1", kind: "hidden", units: 3, activation: "relu", bias: "b1" },
  ],
  wires: [{ from: 0, to: 1, matrix: "W1" }],
  undrawn: [],
};
const layout = layOut(
  [2, 3].map((units) => ({ units, labels: null })),
  400,
  200,
);
const values = {
  parameters: [
    {
      name: "W1",
      shape: [2, 3],
      values: new Float32Array([1, 2, 3, -4, 0, 6]),
      gradients: new Float32Array([0, 0.1, 0, 0, 0.2, 0]),
    },
  ],
  units: [{ name: "h1", gradients: new Float32Array([0.5, 0, 0.25]) }],
};
const numbers = new Numbers(values, wiring);
const [wire] = wiring.wires;

describe("the numbers of a frame", () => {
  it("are found by link", () => {
    expect(numbers.weight({ wire: wire!, from: 1, to: 0 }, wiring)).toEqual({ value: -4, gradient: 0 });
    expect(numbers.weight({ wire: wire!, from: 0, to: 2 }, wiring)?.value).toBe(3);
    expect(numbers.at("b1", 0)).toBeNull();
    expect(numbers.largest).toBeCloseTo(0.2);
    expect(numbers.largestUnit).toBe(0.5);
  });

  it("are none in a frame without them: links are thin, nothing breaks", () => {
    const none = new Numbers(null, wiring);
    expect(stepsOf(none, wiring, layout, "gradients").every(({ step }) => step === 0)).toBe(true);
  });

  it("make links thick by weight or by gradient", () => {
    expect(stepsOf(numbers, wiring, layout, "weights").map(({ step, positive }) => (positive ? step : -step))).toEqual([
      6, 8, 10, -12, 0, 12,
    ]);
    expect(stepsOf(numbers, wiring, layout, "gradients").map(({ step }) => step)).toEqual([
      0, 11, 0, 0, STEPS, 0,
    ]);
  });
});

describe("links", () => {
  it("are found where they are drawn, and nowhere else", () => {
    const { x0, y0, x1, y1 } = curveOf(layout.tiles[0]![1]!, layout.tiles[1]![2]!);
    expect(linkAt(wiring, layout, (x0 + x1) / 2, (y0 + y1) / 2)).toEqual({ wire, from: 1, to: 2 });
    expect(linkAt(wiring, layout, 1, 1)).toBeNull();
  });

  it("that add a layer as it is join units of the same number", () => {
    const found: Link[] = [];
    const residual = { ...wiring, wires: [{ from: 0, to: 1, matrix: null }] };
    eachLink(residual, layout, (link) => found.push(link));
    expect(found.map(({ from, to }) => [from, to])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it("join what has a name", () => {
    expect(nameOf(wiring, 0, 1, ["x", "y"])).toBe("y");
    expect(nameOf(wiring, 0, 40, [])).toBe("X[40]");
    expect(nameOf(wiring, 1, 2, ["x", "y"])).toBe("h1[2]");
  });
});

describe("a walk of one update", () => {
  const lit = { stage: "forward", columns: new Set(["h1", "X"]), parameters: new Set(["W1", "b1"]) } as const;

  it("lights columns by name or by bias, and links by their matrix", () => {
    const column = { name: "h1", kind: "hidden", units: 2, activation: null, bias: "b1" } as const;
    expect(isLit(lit, column)).toBe(true);
    expect(isLit({ ...lit, columns: new Set() }, column)).toBe(true);
    expect(isLit({ ...lit, columns: new Set(), parameters: new Set() }, column)).toBe(false);
    const columns = [{ ...column, name: "X", bias: null }, column, { ...column, name: "h2", bias: null }];
    const wiring = { columns, wires: [], undrawn: [] };
    expect(isLitWire(lit, { from: 0, to: 1, matrix: "W1" }, wiring)).toBe(true);
    expect(isLitWire(lit, { from: 1, to: 2, matrix: "W2" }, wiring)).toBe(false);
    expect(isLitWire(lit, { from: 0, to: 1, matrix: null }, wiring)).toBe(true);
    expect(isLitWire(lit, { from: 1, to: 2, matrix: null }, wiring)).toBe(false);
  });
});
