/** Messages for tests, as a server would send them. */
import { encode } from "@msgpack/msgpack";
import type { Problem } from "../../shared/problem";
import type { Frame, Ready, Spec, State } from "./protocol";

export const spec: Spec = {
  program: "W1 = he(2, 3)\nscores = X @ W1\nloss = cross_entropy(scores, y)",
  data: { name: "spiral", classes: 3, samples: 12, noise: 0.2, seed: 0 },
  optimizer: { name: "adam", learning_rate: 0.02 },
  batch_size: 4,
  seed: 0,
};

export const problem: Problem = {
  type: "about:blank",
  title: "Unprocessable",
  status: 422,
  detail: "`q` has no value",
  code: "no_value",
  span: [4, 5],
  hint: null,
  limit: null,
  actual: null,
  allowed: null,
  parameters: {},
};

export function floats(...values: number[]): Uint8Array {
  return new Uint8Array(new Float32Array(values).buffer);
}

export function packed(body: Record<string, unknown>): ArrayBuffer {
  return encode({ version: 1, ...body }).slice().buffer;
}

const points = {
  x: new Float32Array([0.5]),
  y: new Float32Array([-0.25]),
  label: new Uint8Array([1]),
  value: new Float32Array(),
};

export const ready: Ready = {
  type: "ready",
  points: { train: points, validation: points },
  data: { kind: "classes", inPlane: true, columns: 2 },
  classes: 3,
  extent: [-1.25, 1.25],
  parameters: 6,
  features: ["x", "y"],
  layers: [],
  shapes: [{ name: "W1", shape: [2, 3] }],
  earliest: 0,
};

export function frame(step: number, changes: Partial<Frame> = {}): Frame {
  const losses = { total: 1 / (step + 1), data: 0.5, regularization: null };
  return {
    type: "frame",
    step,
    epoch: 0,
    playing: false,
    losses: { train: losses, validation: losses },
    accuracy: { train: 0.5, validation: 0.25 },
    confusion: null,
    boundary: null,
    learningRate: 0.02,
    parameters: [],
    layers: [],
    units: null,
    values: null,
    warp: null,
    chosen: null,
    place: null,
    updatesPerSecond: 0,
    fingerprint: `${step}`.padStart(16, "0"),
    stopped: null,
    finished: null,
    ...changes,
  };
}

export function state(step: number, asked = false): State {
  return { type: "state", step, asked, state: new Uint8Array([step % 256, 7]) };
}
