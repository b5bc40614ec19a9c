import { expect, it } from "vitest";
import { choices } from "../../train/setup/fixtures";
import { defaultSetup } from "../../train/setup/setup";
import { axisOf, withValue } from "../axes/axes";
import { sweepRequest } from "./request";

const setup = defaultSetup(choices);
const stretch = { updates: 10, every: 5, framesPerSecond: 25, states: [null, new Uint8Array([1, 2, 3])] };
const members = (id: string, ...values: string[]) =>
  values.map((text) => ({ label: text, setup: withValue(axisOf(id)!, setup, text, choices) }));

it("asks for the first net whole, for the others by what differs, each from its own state", () => {
  const request = sweepRequest({ choices, members: members("hidden", "3", "20"), program: null }, stretch);
  expect(request.network?.hidden).toEqual([3]);
  expect(request.members).toEqual([
    { label: "3", changes: {} },
    { label: "20", changes: { "network.hidden": [20] } },
  ]);
  expect(request).toMatchObject({ states: [null, "AQID"], updates: 10, every: 5, frames_per_second: 25, units: false });
  const learning = sweepRequest({ choices, members: members("rule", "adam:0.02:constant", "sgd:0.5:cosine"), program: "W = he(2, 3)" }, stretch);
  expect(learning).toMatchObject({ network: null, spec: { program: "W = he(2, 3)" } });
  expect(Object.keys(learning.members?.[1]?.changes ?? {})).toEqual(["optimizer", "schedule"]);
});
