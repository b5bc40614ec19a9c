import { describe, expect, it } from "vitest";
import { bracketsAt, callAt, parameterOf, parametersOf } from "./calls";

const known = (name: string) => ["clip", "sum", "exp", "stack"].includes(name);
/** The call at the place marked by a bar. */
const at = (text: string) => callAt(text.replace("|", ""), text.indexOf("|"), known);

describe("calls", () => {
  it("knows the call and the argument a place is in", () => {
    expect(at("f = clip(|")).toMatchObject({ name: "clip", from: 4, argument: 0, keyword: null });
    expect(at("f = clip(x, |0, 1)")).toMatchObject({ argument: 1 });
    expect(at("f = clip(x, 0, 1|)")).toMatchObject({ argument: 2 });
    expect(at("f = clip(x, 0, 1)|")).toBeNull();
    expect(at("f = |clip(x)")).toBeNull();
  });

  it("looks outwards through groups, lists and unknown names", () => {
    expect(at("clip((x, y|")).toMatchObject({ name: "clip", argument: 0 });
    expect(at("stack([a, b|], axis=0)")).toMatchObject({ name: "stack", argument: 0 });
    expect(at("clip(foo(a, |")).toMatchObject({ name: "clip", argument: 0 });
    expect(at("clip(exp(x|), 0, 1)")).toMatchObject({ name: "exp" });
    expect(at("clip(exp(x), |0, 1)")).toMatchObject({ name: "clip", argument: 1 });
  });

  it("ends with the statement", () => {
    expect(at("f = clip(x; y|")).toBeNull();
    expect(at("f = clip(x,\n  0|")).toMatchObject({ argument: 1 });
  });

  it("counts what stands before a method's dot as its first argument", () => {
    expect(at("x.clip(|0, 1)")).toMatchObject({ argument: 1 });
    expect(at("np.clip(|x, 0, 1)")).toMatchObject({ argument: 0 });
  });

  it("finds the parameter that is written", () => {
    const signature = "sum(x, axis=None, keepdims=False)";
    expect(parametersOf(signature)).toEqual(["x", "axis=None", "keepdims=False"]);
    expect(parametersOf("f()")).toEqual([]);
    expect(parametersOf("stack([x0, x1], axis=0)")).toEqual(["[x0, x1]", "axis=0"]);
    const parameter = (text: string) => {
      const call = at(text);
      return call ? parameterOf(call, signature) : null;
    };
    expect(parameter("sum(x, 0|")).toBe(1);
    expect(parameter("sum(x, keepdims=|")).toBe(2);
    expect(parameter("sum(keepdims=True, |")).toBe(1);
    expect(parameter("sum(x, 0, True, |")).toBe(-1);
    expect(parameter("sum(x, oops=|")).toBe(-1);
  });

  it("tells an index from a list", () => {
    expect(bracketsAt("x[", 2).at(-1)?.kind).toBe("index");
    expect(bracketsAt("f(x)[", 5).at(-1)?.kind).toBe("index");
    expect(bracketsAt("x = [", 5).at(-1)?.kind).toBe("list");
    expect(bracketsAt("x = [[", 6).at(-1)?.kind).toBe("list");
  });
});
