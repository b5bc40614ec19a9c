import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { describe, expect, it } from "vitest";
import { indexOf, type Ops } from "../answer";
import { square, sumTimes } from "../fixtures";
import { arrange } from "./arrange";
import { boxesOf, linksOf } from "./boxed";
import { labelKey } from "./boxes";
import { toDot } from "./dot";
import { drawingOf } from "./drawing";

const ops: Ops = new Map();

describe("layout by Graphviz", () => {
  it("runs left to right with operands in written order, top to bottom", async () => {
    const drawing = drawingOf(indexOf(sumTimes), ops);
    const [boxes, links] = [boxesOf(drawing), linksOf(drawing)];
    const graphviz = await Graphviz.load();
    const places = arrange(boxes, links, graphviz.layout(toDot(boxes, links), "plain", "dot"));
    const place = (key: string) => places.get(key)!;
    expect(place("k-n0").y).toBeLessThan(place("k-n1").y);
    expect(place("k-n3").y).toBeLessThan(place("k-n2").y);
    expect(place("k-n0").x).toBeLessThan(place("k-n3").x);
    expect(place("k-n3").x).toBeLessThan(place("k-n4").x);
    expect(place(labelKey("output:k-n4")).x).toBeGreaterThan(place("k-n4").x);
  });
});

describe("the drawing", () => {
  it("lets a value used twice part in a junction", () => {
    const { junctions, wires } = drawingOf(indexOf(square), ops);
    expect(junctions).toEqual([{ key: "junction:k-n0:0", source: "n0" }]);
    expect(wires.map(({ role }) => role)).toEqual(["trunk", "edge", "edge", "output"]);
    expect(wires.filter(({ from }) => from === "junction:k-n0:0")).toHaveLength(2);
    expect(wires[0]!.edges).toEqual(["e0", "e1"]);
  });

  it("reaches uses further on by a bus to a junction of their own", () => {
    const chain = structuredClone(sumTimes);
    // f = (x + x) * x: x is used twice at the first gate and once more at the second.
    chain.edges[1]!.source = "n0";
    chain.edges[3]!.source = "n0";
    expect(drawingOf(indexOf(chain), ops).junctions).toHaveLength(1);
    // g = f * x: now two uses lie further on.
    chain.nodes.push({ ...chain.nodes[4]!, id: "n5", key: "k-n5", name: "g" });
    chain.edges.push({ ...chain.edges[2]!, id: "e4", key: "k-e4", source: "n4", target: "n5" });
    chain.edges.push({ ...chain.edges[3]!, id: "e5", key: "k-e5", source: "n0", target: "n5" });
    chain.forward.push("n5");
    chain.output_node = "n5";
    const { junctions, wires } = drawingOf(indexOf(chain), ops);
    expect(junctions.map(({ key }) => key)).toEqual(["junction:k-n0:0", "junction:k-n0:1"]);
    const bus = wires.find(({ role }) => role === "bus")!;
    expect(bus).toMatchObject({ from: "junction:k-n0:0", to: "junction:k-n0:1", size: null });
    expect(bus.edges).toEqual(["e3", "e5"]);
    expect(wires.find(({ key }) => key === "k-e5")!.from).toBe("junction:k-n0:1");
  });

  it("gives a constant's wire no room for numbers: the constant stands beside its gate", () => {
    const constant = structuredClone(sumTimes);
    constant.nodes[2]!.op = "constant";
    const drawing = drawingOf(indexOf(constant), ops);
    expect(drawing.wires.find(({ source }) => source === "n2")!.size).toBeNull();
    expect(linksOf(drawing)).toContainEqual(expect.objectContaining({ tail: "k-n2", head: "k-n4" }));
  });

  it("depends on shapes, not on numbers", () => {
    const other = structuredClone(sumTimes);
    for (const node of other.nodes) node.value = 123456;
    const dot = (answer: typeof other) => {
      const drawing = drawingOf(indexOf(answer), ops);
      return toDot(boxesOf(drawing), linksOf(drawing));
    };
    expect(dot(other)).toBe(dot(sumTimes));
  });
});
