import { describe, expect, it } from "vitest";
import { heightAt, readPlain, routeName } from "./places";

describe("Graphviz's plain output", () => {
  const text = [
    "graph 1 2 1",
    'node b0 0.5 0.25 0.1 0.1 "" solid box black lightgrey',
    "edge b0 b1 4 0 0 0.5 0 0.5 1 1 1 solid black",
    "stop",
  ].join("\n");

  const boxes = ["x", "label:f<0"].map((key) => ({ key, width: 1, height: 1, ordered: false }));

  it("gives centres in pixels with y downwards", () => {
    expect(readPlain(text, boxes).places.get("x")).toEqual({ x: 36, y: 54 });
  });

  it("gives routes and the height at which they pass", () => {
    const route = readPlain(text, boxes).routes.get(routeName("x", "label:f<0"))!;
    expect(heightAt(route, 0)).toBeCloseTo(72);
    expect(heightAt(route, 36)).toBeCloseTo(36);
    expect(heightAt(route, 72)).toBeCloseTo(0);
    expect(heightAt(route, 100)).toBeNull();
  });

  it("is refused when it is something else", () => {
    expect(() => readPlain("nonsense", [])).toThrow("plain format");
  });
});
