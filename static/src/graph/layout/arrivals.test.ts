import { expect, test } from "vitest";
import { indexOf } from "../answer";
import { square, sumTimes } from "../fixtures";
import { arrivals } from "./arrivals";
import { drawingOf } from "./drawing";

const drawing = drawingOf(indexOf(sumTimes), new Map());

test("what was not drawn before has arrived", () => {
  const key = drawing.gates.find(({ text }) => text === "z")?.key ?? "";
  const wire = drawing.wires.find(({ from }) => from === key)?.key ?? "";
  const before = {
    ...drawing,
    gates: drawing.gates.filter((gate) => gate.key !== key),
    wires: drawing.wires.filter(({ from }) => from !== key),
  };
  expect([...arrivals(before, drawing)]).toEqual([key, wire]);
});

test("nothing arrives at first, nor where nearly all is new", () => {
  expect(arrivals(null, drawing).size).toBe(0);
  expect(arrivals({ gates: [], junctions: [], wires: [] }, drawing).size).toBe(0);
  expect(arrivals(drawingOf(indexOf(square), new Map()), drawing).size).toBe(0);
});
