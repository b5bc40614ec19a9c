import { describe, expect, it } from "vitest";
import { ready as plain } from "../live/fixtures";
import type { Ready } from "../live/protocol";
import { statementsOf, wiringOf } from "./wiring";

function ready(shapes: Record<string, number[]>, layers: Record<string, number>): Ready {
  return {
    ...plain,
    layers: Object.entries(layers).map(([name, units]) => ({ name, units, activation: "relu" })),
    shapes: Object.entries(shapes).map(([name, shape]) => ({ name, shape })),
  };
}

const SHAPES = { W1: [2, 4], b1: [4], W2: [4, 4], b2: [4], W3: [4, 3], b3: [3] };
const LAYERS = { h1: 4, h2: 4 };
const BUILT = `W1 = he(2, 4); b1 = zeros(4)
h1 = relu(X @ W1 + b1)
h2 = relu(h1 @ W2 + b2)  # h1 @ W1 is not meant
scores = h2 @ W3 + b3
loss = cross_entropy(scores, y) + 0.001 * sum(W1**2)`;

describe("the wiring of a program", () => {
  it("of the layer builder is a chain with a bias for every layer", () => {
    const { columns, wires, undrawn } = wiringOf(BUILT, ready(SHAPES, LAYERS));
    expect(columns.map(({ name, units, bias }) => [name, units, bias])).toEqual([
      ["X", 2, null],
      ["h1", 4, "b1"],
      ["h2", 4, "b2"],
      ["scores", 3, "b3"],
    ]);
    expect(wires).toEqual([
      { from: 0, to: 1, matrix: "W1" },
      { from: 1, to: 2, matrix: "W2" },
      { from: 2, to: 3, matrix: "W3" },
    ]);
    expect(undrawn).toEqual([]);
  });

  it("shows a residual connection and a skip over a layer", () => {
    const residual = BUILT.replace("relu(h1 @ W2 + b2)", "relu(h1 @ W2 + b2) + h1");
    expect(wiringOf(residual, ready(SHAPES, LAYERS)).wires).toContainEqual({ from: 1, to: 2, matrix: null });
    const skip = BUILT.replace("scores = h2 @ W3 + b3", "scores = h2 @ W3 + X @ W4 + b3");
    const { wires, undrawn } = wiringOf(skip, ready({ ...SHAPES, W4: [2, 3] }, LAYERS));
    expect(wires).toContainEqual({ from: 0, to: 3, matrix: "W4" });
    expect(undrawn).toEqual([]);
  });

  it("looks through helpers that are no layers, methods and calls", () => {
    const helped = `z1 = (matmul(X, W1)
      + b1)
h1 = tanh(z1); h2 = relu(b2 + h1.dot(W2))
scores = h2 @ W3 + b3`;
    const { wires, columns, undrawn } = wiringOf(helped, ready(SHAPES, LAYERS));
    expect(wires.map(({ matrix }) => matrix)).toEqual(["W1", "W2", "W3"]);
    expect(columns.map(({ bias }) => bias)).toEqual([null, "b1", "b2", "b3"]);
    expect(undrawn).toEqual([]);
  });

  it("says what cannot be drawn as links", () => {
    const shared = BUILT.replace("h1 @ W2", "(h1 * g) @ W2").replace("X @ W1", "X @ (W1 * 2)");
    const { wires, undrawn } = wiringOf(shared, ready({ ...SHAPES, g: [4] }, LAYERS));
    expect(wires.map(({ matrix }) => matrix)).toEqual(["W3"]);
    expect(undrawn).toEqual(["h1", "h2", "W1", "W2", "g"]);
    // a transposed matrix of the same shape is another matrix
    const turned = BUILT.replace("h1 @ W2", "h1 @ W2.T");
    expect(wiringOf(turned, ready(SHAPES, LAYERS)).undrawn).toEqual(["h2", "W2"]);
  });

  it("reads statements on lines, after semicolons and across brackets", () => {
    const found = statementsOf("a = 1; b = [1,\n 2] # c = 3\nd == 4\nh = relu(a +\n b)");
    expect([...found.keys()]).toEqual(["a", "b", "h"]);
  });
});
