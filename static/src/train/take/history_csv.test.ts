import { expect, it } from "vitest";
import { History, rowOf } from "../curves/history";
import { frame } from "../live/fixtures";
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
