import { describe, expect, it } from "vitest";
import type { GraphAnswer, GraphNode } from "./answer";
import { sumTimes } from "./fixtures";
import { keyAt } from "./pointed";

/** x = 2 / h = 3*x + 1 / f = h*h */
const SOURCE = "x = 2\nh = 3*x + 1\nf = h*h";
const [template] = sumTimes.nodes;

function node(key: string, op: string, text: string, members: string[] = []): GraphNode {
  const start = SOURCE.indexOf(text);
  return { ...(template as GraphNode), id: key, key, op, span: [start, start + text.length], members };
}

const input = node("x", "input", "2");
const whole: GraphAnswer = {
  ...sumTimes,
  nodes: [
    input,
    node("h:constant", "constant", "3"),
    node("h:multiply", "multiply", "3*x"),
    node("h", "add", "3*x + 1"),
    node("f", "multiply", "h*h"),
  ],
  statements: [
    { name: "x", span: [0, 5], node: "x", gates: [] },
    { name: "h", span: [6, 17], node: "h", gates: ["h:multiply", "h"] },
    { name: "f", span: [18, 25], node: "f", gates: ["f"] },
  ],
};
const at = (answer: GraphAnswer, text: string, constants = true) => {
  const start = SOURCE.indexOf(text);
  return keyAt(answer, [start, start + 1], constants);
};

describe("keyAt", () => {
  it("is the innermost gate", () => {
    expect(at(whole, "*x")).toBe("h:multiply");
    expect(at(whole, "+ 1")).toBe("h");
    expect(at(whole, "h*h")).toBe("f");
  });

  it("is what a statement gives, at its name", () => {
    expect(at(whole, "x = 2")).toBe("x");
    expect(at(whole, "h = 3")).toBe("h");
    expect(keyAt(whole, [30, 31], true)).toBeNull();
  });

  it("passes over constants that are not drawn", () => {
    expect(at(whole, "3*x")).toBe("h:constant");
    expect(at(whole, "3*x", false)).toBe("h:multiply");
  });

  it("is the lumped gate that a statement went into", () => {
    const lumped = { ...whole, nodes: [input, node("f", "selection", "h*h", ["h:multiply", "h", "f"])] };
    expect(at(lumped, "*x")).toBe("f");
  });
});
