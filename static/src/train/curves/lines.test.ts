import { expect, it } from "vitest";
import { frame } from "../live/fixtures";
import { History, rowOf } from "./history";
import { Kept } from "./kept.svelte";
import { columnsOf, linesOf, nearest } from "./lines";
import { ACCURACIES, LOSSES } from "./series";

function run(...steps: number[]): History {
  const history = new History();
  for (const step of steps) history.push(rowOf(frame(step)));
  return history;
}

it("draws the wholes of kept runs over the steps of all runs, the present one on top", () => {
  const kept = new Kept();
  kept.keep(run(0, 3), "older");
  const columns = columnsOf(run(0, 2, 4), ACCURACIES, kept.runs, false);
  expect(columns[0]).toEqual([0, 2, 3, 4]);
  expect(linesOf(ACCURACIES, kept.runs)).toHaveLength(columns.length - 1);
  expect(columns[1]).toEqual([0.5, undefined, 0.5, undefined]);
  expect(columns.at(-1)).toEqual([0.25, 0.25, undefined, 0.25]);
  expect(linesOf(LOSSES, kept.runs)).toHaveLength(2 + LOSSES.length);
  expect(nearest(columns[1] ?? [], 1)).toBe(0);
  expect(nearest(columns[1] ?? [], 3)).toBe(2);
  expect(nearest([null, undefined], 0)).toBeNull();
});

it("leaves a gap where there is no logarithm", () => {
  const history = new History();
  const losses = { total: 0, data: 0.5, regularization: -1 };
  history.push(rowOf(frame(0, { losses: { train: losses, validation: losses } })));
  expect(columnsOf(history, LOSSES, [], false).slice(1)).toEqual([[0.5], [0.5], [-1], [0], [0]]);
  expect(columnsOf(history, LOSSES, [], true).slice(1)).toEqual([[0.5], [0.5], [null], [null], [null]]);
});
