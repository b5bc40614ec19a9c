/** The live training protocol, version 1: JSON texts to the server, MessagePack maps from it. */
import type { Problem } from "../../shared/problem";
import type { components } from "../../shared/schema";
import { toBase64 } from "./base64";
import type {
  Confusion,
  HiddenLayer,
  LayerStatistics,
  ParameterShape,
  ParameterStatistics,
  Place,
  UnitMaps,
  Values,
  Warp,
  Watch,
} from "./parts";
import type { Points } from "./points";

export const VERSION = 1;

/** A training whole. */
export type Spec = components["schemas"]["TrainingRequest"];

export type Unit = "update" | "epoch";

export type ClientMessage =
  | { type: "configure"; spec: Spec; state: Uint8Array | null; restart: boolean }
  | { type: "play" | "pause" }
  | { type: "step"; unit: Unit }
  | { type: "rewind"; step: number }
  | { type: "speed"; updates_per_second: number | null }
  | { type: "drawn" | "state" | "taken"; step: number }
  | ({ type: "watch" } & Watch)
  | { type: "edit"; parameter: string; index: readonly number[]; value: number };

export interface Split<T> {
  train: T;
  validation: T;
}

/** A loss and its two parts; a part that the program does not name is null. */
export interface Losses {
  total: number;
  data: number | null;
  regularization: number | null;
}

/** The decision over a square grid, row by row from the least y; confidence in 255ths. */
export interface Boundary {
  size: number;
  classes: Uint8Array;
  confidence: Uint8Array;
}

/** What the points are. */
export interface DataFacts {
  kind: "classes" | "values";
  inPlane: boolean;
  columns: number;
}

export interface Ready {
  type: "ready";
  points: Split<Points>;
  data: DataFacts;
  classes: number;
  /** The stretch of either axis that the boundary covers. */
  extent: readonly [number, number];
  /** How many numbers are trained. */
  parameters: number;
  features: readonly string[];
  layers: readonly HiddenLayer[];
  shapes: readonly ParameterShape[];
  /** The step that a rewind may go back to. */
  earliest: number;
}

export interface Frame {
  type: "frame";
  step: number;
  epoch: number;
  playing: boolean;
  losses: Split<Losses>;
  accuracy: Split<number | null>;
  confusion: Split<Confusion> | null;
  boundary: Boundary | null;
  /** Of the next update, as the schedule has it. */
  learningRate: number;
  parameters: readonly ParameterStatistics[];
  layers: readonly LayerStatistics[];
  units: UnitMaps | null;
  values: Values | null;
  warp: Warp | null;
  /** The class each point is taken for, in the order of the points. */
  chosen: Split<Uint8Array> | null;
  place: Place | null;
  updatesPerSecond: number;
  /** Hexadecimal digits that tell states apart: equal states have the same. */
  fingerprint: string;
  /** That the condition to stop is met, in words. */
  stopped: string | null;
  /** Why the training cannot go on, null as long as it can. */
  finished: Problem | null;
}

/** Everything a server needs to go on from a step. */
export interface State {
  type: "state";
  step: number;
  asked: boolean;
  state: Uint8Array;
}

export interface Status {
  type: "status";
  playing: boolean;
  step: number;
}

export interface Refusal {
  type: "problem";
  problem: Problem;
}

export type ServerMessage = Ready | Frame | State | Status | Refusal;

/** A message as the text to send. */
export function encode(message: ClientMessage): string {
  if (message.type !== "configure") return JSON.stringify(message);
  const { type, spec, state, restart } = message;
  return JSON.stringify({
    type,
    spec,
    ...(state && { state: toBase64(state) }),
    ...(restart && { restart }),
  });
}
