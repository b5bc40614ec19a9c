import { expect, it } from "vitest";
import { History, rowOf } from "../curves/history";
import { frame } from "../live/fixtures";
import { Kept } from "../curves/kept.svelte";
import { historyCsv } from "./history_csv";

it("has a row for every step, and nothing where there is no number", () => {
  const history = new History();
  history.push(rowOf(frame(0)));
  history.push(rowOf(frame(1, { accuracy: { train: null, validation: 0.5 } })));
  expect(historyCsv(history).split("\n")).toEqual([
    "step,trainLoss,validationLoss,trainData,validationData,regularization,trainAccuracy,validationAccuracy",
    "0,1,1,0.5,0.5,,0.5,0.25",
    "1,0.5,0.5,0.5,0.5,,,0.5",
    "",
  ]);
});

it("has the kept runs below, each row with its run's name", () => {
  const [history, kept] = [new History(), new Kept()];
  history.push(rowOf(frame(0)));
  kept.keep(history, 'r, \u03b8 "polar"');
  history.push(rowOf(frame(1)));
  const lines = historyCsv(history, kept.runs).trimEnd().split("\n");
  expect(lines[0]).toMatch(/^run,step,trainLoss/);
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/^this run,0,1,/);
  expect(lines[2]).toMatch(/^this run,1,0.5,/);
  expect(lines[3]).toMatch(/^"r, \u03b8 ""polar""",0,1,/);
});
