import { describe, expect, it } from "vitest";
import { namesOf, parametersAt } from "./completion";
import type { Functions } from "./functions";

const functions: Functions = new Map(
  (
    [
      ["exp", "exp(x)", "op"],
      ["clip", "clip(x, low, high)", "op"],
      ["sum", "sum(x, axis=None, keepdims=False)", "op"],
      ["stack", "stack([x0, x1], axis=0)", "op"],
      ["normal", "normal(rows, columns, std=1)", "initializer"],
    ] as const
  ).map(([name, signature, kind]) => [name, { name, signature, kind, doc: "" }]),
);

describe("completion", () => {
  it("offers the names of the program, each once, without the word being typed", () => {
    const text = "weight = 2 # not this\ny = exp(weight) * True\nf = wei";
    expect(namesOf(text, text.length, functions)).toEqual(["weight", "y", "f"]);
  });

  it("does not take the name of an argument for a name of the program", () => {
    const text = "a = sum(b, axis=0)\nc = clip(a, low=d, high=1); e=2\n";
    expect(namesOf(text, text.length, functions)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("offers the arguments that the call may still name", () => {
    const at = (text: string) => parametersAt(text, text.length, functions);
    expect(at("f = clip(")).toEqual(["x=", "low=", "high="]);
    expect(at("f = clip(x, ")).toEqual(["low=", "high="]);
    expect(at("f = clip(x, high=1, ")).toEqual(["low="]);
    expect(at("f = clip(high=1, ")).toEqual(["x=", "low="]);
    expect(at("f = clip(x, low=")).toEqual([]);
    expect(at("x.clip(")).toEqual(["low=", "high="]);
    expect(at("sum(x, ")).toEqual(["axis=", "keepdims="]);
    expect(at("stack([a, ")).toEqual([]);
    expect(at("stack([a, b], ")).toEqual(["axis="]);
    expect(at("W = normal(2, 3, ")).toEqual(["std="]);
    expect(at("f = (")).toEqual([]);
    expect(at("unknown(")).toEqual([]);
  });
});
