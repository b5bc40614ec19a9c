import { describe, expect, it } from "vitest";
import { ProtocolError } from "../../train/live/fields";
import { problem } from "../../train/live/fixtures";
import { readLine } from "./messages";

const losses = { total: 1.5, data: "NaN", regularization: null };
const frame = {
  step: 7,
  epoch: 1,
  losses: { train: losses, validation: losses },
  accuracy: { train: 0.5, validation: null },
  confusion: null,
  boundary: { size: 2, classes: "AAEBAA==", confidence: "/////w==" },
  learning_rate: 0.1,
  parameters: [],
  layers: [],
  units: null,
  values: null,
  warp: null,
  fingerprint: "00c0ffee00c0ffee",
  state: "AQID",
  stopped: null,
  finished: null,
};
const line = (type: string, more: object) => readLine({ version: 1, type, ...more });

describe("the lines of a sweep", () => {
  it("are read with their bytes out of base64", () => {
    const read = line("frame", { ...frame, member: 2 });
    expect(read).toMatchObject({ type: "frame", member: 2, frame: { step: 7, updatesPerSecond: 0 } });
    if (read.type !== "frame") throw new Error("no frame");
    expect([...read.frame.state]).toEqual([1, 2, 3]);
    expect([...(read.frame.boundary?.classes ?? [])]).toEqual([0, 1, 1, 0]);
    expect(read.frame.losses.validation.data).toBeNaN();
  });

  it("tell members that share their points, and one that was refused", () => {
    const part = { x: "AAAAPw==", y: "AAAAPw==", label: "AQ==", value: "" };
    const data = [{ points: { train: part, validation: part }, data: { kind: "classes", in_plane: true, columns: 2 }, classes: 2, extent: [-1, 1] }];
    const network = { parameters: 3, shapes: [], features: ["x", "y"], layers: [] };
    const read = line("ready", { data, members: [{ network, program: "p", data: 0 }, { network: null, program: null, data: null }] });
    if (read.type !== "ready") throw new Error("not ready");
    expect(read.members[0]).toMatchObject({ program: "p", ready: { classes: 2, parameters: 3 } });
    expect([...(read.members[0]?.ready.points.train.x ?? [])]).toEqual([0.5]);
    expect(read.members[1]).toBeNull();
  });

  it("tell whose a problem is", () => {
    expect(line("problem", { problem })).toMatchObject({ member: null });
    expect(line("problem", { problem, member: 0 })).toMatchObject({ member: 0 });
  });

  it("are refused when they are none", () => {
    expect(() => readLine({ version: 2, type: "frame" })).toThrow("version 2");
    expect(() => line("news", {})).toThrow(ProtocolError);
    expect(() => line("frame", { ...frame, member: 0, state: "?" })).toThrow("state is not base64");
  });
});
