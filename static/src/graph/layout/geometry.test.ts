import { describe, expect, it } from "vitest";
import { indexOf } from "../answer";
import { square, sumTimes } from "../fixtures";
import { arrange } from "./arrange";
import { boxesOf, linksOf } from "./boxed";
import { labelKey } from "./boxes";
import { drawingOf, type Drawing } from "./drawing";
import { placeByColumns } from "./fallback";
import { GATE_RADIUS } from "./gates";
import { boundsOf, port, runsOf, wirePath } from "./geometry";

const drawing = drawingOf(indexOf(sumTimes), new Map());

const place = (of: Drawing) => arrange(boxesOf(of), linksOf(of), null);

describe("ports", () => {
  const gate = { ...drawing.gates.find((box) => box.id === "n4")!, width: 2 * GATE_RADIUS };

  it("lie on the gate's outline, the first argument on top", () => {
    const centre = { x: 100, y: 50 };
    const first = port(gate, centre, 0);
    const second = port(gate, centre, 1);
    expect(first.y).toBeLessThan(second.y);
    expect(first.x).toBeCloseTo(second.x);
    expect(Math.hypot(first.x - 100, first.y - 50)).toBeCloseTo(GATE_RADIUS);
  });

  it("are the middle of the left side for one argument", () => {
    expect(port({ ...gate, ports: 1 }, { x: 100, y: 50 }, 0)).toEqual({ x: 100 - GATE_RADIUS, y: 50 });
  });

  it("stay on the left half however many arguments there are", () => {
    const crowded = { ...gate, ports: 12 };
    for (let argument = 0; argument < 12; argument += 1) {
      expect(port(crowded, { x: 0, y: 0 }, argument).x).toBeLessThan(0);
    }
  });
});

describe("wires", () => {
  it("run level through the column of their label and bend between columns", () => {
    const stops = [
      { x: 0, y: 0, before: 0, after: 5 },
      { x: 50, y: 20, before: 20, after: 20 },
      { x: 100, y: 20, before: 0, after: 0 },
    ];
    expect(wirePath(stops)).toBe("M0,0H5C17.5,0 17.5,20 30,20H70L100,20");
  });

  it("pass a point on their way without a step", () => {
    const stops = [0, 50, 100].map((at) => ({ x: at, y: at, before: 0, after: 0 }));
    // Both control points beside (50, 50) lie on the same slanted line through it.
    expect(wirePath(stops)).toBe("M0,0C25,0 25,25 50,50C75,75 75,100 100,100");
  });

  it("reach the port of their argument", () => {
    const places = place(drawing);
    const runs = runsOf(drawing, places);
    expect(runs).toHaveLength(5);
    const gate = drawing.gates.find((box) => box.id === "n4")!;
    const run = runs.find((one) => one.wire.key === "k-e3")!;
    expect(run.tip).toEqual(port(gate, places.get(gate.key)!, 1));
  });

  it("leave a junction when a value is used twice", () => {
    const twice = drawingOf(indexOf(square), new Map());
    const places = place(twice);
    const runs = runsOf(twice, places);
    const junction = places.get("junction:k-n0:0")!;
    for (const run of runs.filter((one) => one.wire.role === "edge")) {
      expect(run.path.startsWith(`M${Math.round(junction.x * 10) / 10},`)).toBe(true);
    }
    expect(runs.find((one) => one.wire.role === "trunk")!.tip).toBeNull();
  });
});

describe("the page's own layout", () => {
  it("runs left to right", () => {
    const places = place(drawing);
    const x = (id: string) => places.get(drawing.gates.find((gate) => gate.id === id)!.key)!.x;
    expect(x("n0")).toBeLessThan(x("n3"));
    expect(x("n3")).toBeLessThan(x("n4"));
    const bounds = boundsOf(drawing, places);
    expect(bounds.width).toBeGreaterThan(300);
    expect(bounds.height).toBeGreaterThan(80);
  });

  it("lets no two boxes overlap", () => {
    const places = place(drawing);
    const boxes = [
      ...drawing.gates.map((gate) => ({ ...places.get(gate.key)!, ...gate.room })),
      ...drawing.wires.map((wire) => ({ ...places.get(labelKey(wire.key))!, ...wire.size! })),
    ];
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        const apart =
          Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
        expect(apart).toBe(true);
      }
    }
  });

  it("puts a gate in the middle of what flows into it", () => {
    const places = place(drawing);
    const [x, y] = ["k-e0", "k-e1"].map((key) => places.get(labelKey(key))!.y);
    expect(places.get("k-n3")!.y).toBeGreaterThan(x!);
    expect(places.get("k-n3")!.y).toBeLessThan(y!);
  });

  it("survives a chain that is deeper than a stack", () => {
    const boxes = Array.from({ length: 9999 }, (_, i) => ({
      key: `b${i}`,
      width: 5,
      height: 5,
      ordered: true,
    }));
    const links = boxes.slice(1).map(({ key }, i) => ({
      wire: key,
      side: "after" as const,
      tail: `b${i}`,
      head: key,
      argument: 0,
      arrive: 0,
    }));
    expect(placeByColumns(boxes, links).size).toBe(9999);
  });
});
