import { describe, expect, it } from "vitest";
import { floats, packed, problem, spec } from "./fixtures";
import { ProtocolError } from "./fields";
import { encode } from "./protocol";
import { read } from "./read";

const losses = { total: 1.5, data: 1, regularization: 0.5 };
const body = {
  type: "frame",
  step: 12,
  epoch: 3,
  playing: true,
  losses: { train: losses, validation: { total: "NaN", data: "Infinity", regularization: null } },
  accuracy: { train: 0.75, validation: null },
  boundary: { size: 2, classes: new Uint8Array([0, 1, 2, 0]), confidence: new Uint8Array([255, 0, 9, 128]) },
  learning_rate: 0.01,
  updates_per_second: 99.5,
  fingerprint: "00c0ffee00c0ffee",
  finished: null,
};

describe("what is sent", () => {
  it("is JSON with nothing that was not asked for", () => {
    expect(JSON.parse(encode({ type: "play" }))).toEqual({ type: "play" });
    expect(JSON.parse(encode({ type: "speed", updates_per_second: null }))).toEqual({
      type: "speed",
      updates_per_second: null,
    });
    const plain = encode({ type: "configure", spec, state: null, restart: false });
    expect(JSON.parse(plain)).toEqual({ type: "configure", spec });
  });

  it("carries the state in base64", () => {
    const state = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256);
    const sent = JSON.parse(encode({ type: "configure", spec, state, restart: true })) as Record<
      string,
      string
    >;
    expect(sent["restart"]).toBe(true);
    expect(Uint8Array.from(atob(sent["state"] ?? ""), (byte) => byte.charCodeAt(0))).toEqual(state);
  });
});

describe("what arrives", () => {
  it("reads a frame, non-finite numbers included", () => {
    const frame = read(packed(body));
    expect(frame).toMatchObject({ type: "frame", step: 12, epoch: 3, playing: true, updatesPerSecond: 99.5 });
    if (frame.type !== "frame") throw new Error("no frame");
    expect(frame.losses.train).toEqual(losses);
    expect(frame.losses.validation).toEqual({ total: Number.NaN, data: Infinity, regularization: null });
    expect(frame.accuracy.validation).toBeNull();
    expect([...(frame.boundary?.confidence ?? [])]).toEqual([255, 0, 9, 128]);
    expect(frame.fingerprint).toBe("00c0ffee00c0ffee");
  });

  it("reads the network's inside where a frame carries it", () => {
    const weights = { name: "W1", shape: [1, 2], values: floats(1, 2), gradients: floats(3, 4) };
    const frame = read(
      packed({
        ...body,
        confusion: { train: [[2, 1], [0, 3]], validation: [[1, 0], [0, 1]] }, // prettier-ignore
        parameters: [{ name: "W1", norm: 2, gradient_norm: "Infinity", update_ratio: null }],
        layers: [{ name: "h1", dead: 1, passes: 0.5 }],
        units: { size: 1, layers: [{ name: "h1", scale: floats(2, 4), maps: new Int8Array([127, -127]) }] },
        values: { parameters: [weights], units: [{ name: "h1", gradients: floats(0.5, 0) }] },
        warp: {
          ...{ layer: "h1", kind: "units", units: [0, 1], share: 1, size: 1 },
          ...{ grid: floats(0, 1), train: floats(2, 3), validation: floats() },
        },
      }),
    );
    if (frame.type !== "frame") throw new Error("no frame");
    expect(frame.confusion?.train[1]).toEqual([0, 3]);
    expect(frame.parameters).toEqual([{ name: "W1", norm: 2, gradientNorm: Infinity, updateRatio: null }]);
    expect(frame.layers).toEqual([{ name: "h1", dead: 1, passes: 0.5 }]);
    expect([...(frame.units?.layers[0]?.maps ?? [])]).toEqual([127, -127]);
    expect([...(frame.values?.parameters[0]?.gradients ?? [])]).toEqual([3, 4]);
    expect(frame.warp).toMatchObject({ layer: "h1", kind: "units", units: [0, 1] });
    const short = { size: 2, layers: [{ name: "h1", scale: floats(2), maps: new Int8Array([1]) }] };
    expect(() => read(packed({ ...body, units: short }))).toThrow("not 2 x 2 each");
  });

  it("reads points wherever their bytes lie", () => {
    const part = { x: floats(0.5, -1), y: floats(0.25, 1), label: new Uint8Array([0, 2]), value: floats() };
    const ready = read(
      packed({
        type: "ready",
        points: { train: part, validation: part },
        data: { kind: "classes", in_plane: true, columns: 2 },
        classes: 3,
        extent: [-1.25, 1.25],
        parameters: 7,
      }),
    );
    if (ready.type !== "ready") throw new Error("no ready");
    expect([...ready.points.train.x]).toEqual([0.5, -1]);
    expect([...ready.points.validation.y]).toEqual([0.25, 1]);
    expect([...ready.points.train.label]).toEqual([0, 2]);
    expect(ready.extent).toEqual([-1.25, 1.25]);
  });

  it("reads statuses, problems and why a run ended", () => {
    expect(read(packed({ type: "status", playing: false, step: 3 }))).toEqual({
      type: "status",
      playing: false,
      step: 3,
    });
    expect(read(packed({ type: "state", step: 3, asked: true, state: new Uint8Array([1, 2]) }))).toEqual({
      ...{ type: "state", step: 3, asked: true },
      state: new Uint8Array([1, 2]),
    });
    expect(read(packed({ type: "problem", problem }))).toEqual({ type: "problem", problem });
    expect(read(packed({ ...body, finished: problem }))).toMatchObject({ finished: { code: "no_value" } });
  });

  it("refuses what is not of this protocol", () => {
    expect(() => read(packed({ ...body, version: 2 }))).toThrow(ProtocolError);
    expect(() => read(packed({ type: "song" }))).toThrow("no message of type 'song'");
    expect(() => read(packed({ ...body, step: "12" }))).toThrow("step is not a number");
    expect(() => read(packed({ ...body, boundary: { ...body.boundary, size: 3 } }))).toThrow("not 3 x 3");
    const part = { x: floats(0.5), y: floats(0.25, 1), label: new Uint8Array([0, 2]), value: floats() };
    const data = { kind: "classes", in_plane: true, columns: 2 };
    expect(() => read(packed({ type: "ready", points: { train: part, validation: part }, data }))).toThrow(
      RangeError,
    );
  });
});
