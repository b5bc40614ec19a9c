import { expect, it } from "vitest";
import { pathOf } from "./ask";

const row = (length: number) => Array.from({ length }, (_, i) => i / 7);

it("asks for a graph of many numbers where a training's body fits", () => {
  expect(pathOf({})).toBe("/api/v1/graph");
  expect(pathOf({ inputs: { x: 1, W: [row(899), row(899)] }, upstream: null })).toBe("/api/v1/graph");
  expect(pathOf({ inputs: { x: 1, W: [row(900), row(900)] } })).toBe("/api/v1/trainings/graph");
  expect(pathOf({ inputs: { x: 1 }, upstream: row(1801) })).toBe("/api/v1/trainings/graph");
});
