/** The live training protocol, version 1: JSON texts to the server, MessagePack maps from it. */
import { decode } from "@msgpack/msgpack";
import { isProblem, type Problem } from "../../shared/problem";
import type { components } from "../../shared/schema";
import { toBase64 } from "./base64";
import { readPoints, type Points } from "./points";

export const VERSION = 1;

type Schemas = components["schemas"];

/** A training whole, every number of it said. */
export interface Spec {
  program: string;
  data: Required<Pick<Schemas["DataRequest"], "name" | "classes" | "samples" | "noise" | "seed">>;
  optimizer: Required<Pick<Schemas["OptimizerRequest"], "name" | "learning_rate">>;
  batch_size: number;
  seed: number;
}

export type Unit = "update" | "epoch";

export type ClientMessage =
  | { type: "configure"; spec: Spec; state: Uint8Array | null; restart: boolean }
  | { type: "play" | "pause" }
  | { type: "step"; unit: Unit }
  | { type: "rewind"; step: number }
  | { type: "speed"; updates_per_second: number | null }
  | { type: "drawn"; step: number };

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

export interface Ready {
  type: "ready";
  points: Split<Points>;
  classes: number;
  /** The stretch of either axis that the boundary covers. */
  extent: readonly [number, number];
  /** How many numbers are trained. */
  parameters: number;
}

export interface Frame {
  type: "frame";
  step: number;
  epoch: number;
  playing: boolean;
  losses: Split<Losses>;
  accuracy: Split<number | null>;
  boundary: Boundary | null;
  updatesPerSecond: number;
  /** Everything the server needs to go on from here. */
  state: Uint8Array;
  /** Why the training cannot go on, null as long as it can. */
  finished: Problem | null;
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

export type ServerMessage = Ready | Frame | Status | Refusal;

/** What arrived is not a message of this protocol. */
export class ProtocolError extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = "ProtocolError";
  }
}

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

/** The message that bytes stand for; throws ProtocolError for anything else. */
export function read(bytes: ArrayBuffer): ServerMessage {
  const body = map(decode(new Uint8Array(bytes)), "message");
  if (body["version"] !== VERSION)
    throw new ProtocolError(`the server speaks version ${String(body["version"])}; reload the page`);
  switch (body["type"]) {
    case "ready":
      return readReady(body);
    case "frame":
      return readFrame(body);
    case "status":
      return { type: "status", playing: body["playing"] === true, step: number(body["step"], "step") };
    case "problem":
      return { type: "problem", problem: problem(body["problem"]) };
    default:
      throw new ProtocolError(`there is no message of type '${String(body["type"])}'`);
  }
}

type Body = Record<string, unknown>;

function readReady(body: Body): Ready {
  const points = map(body["points"], "points");
  const [low, high] = Array.isArray(body["extent"]) ? (body["extent"] as unknown[]) : [];
  return {
    type: "ready",
    points: { train: pointsOf(points["train"]), validation: pointsOf(points["validation"]) },
    classes: number(body["classes"], "classes"),
    extent: [number(low, "extent"), number(high, "extent")],
    parameters: number(body["parameters"], "parameters"),
  };
}

function readFrame(body: Body): Frame {
  const losses = map(body["losses"], "losses");
  const accuracy = map(body["accuracy"], "accuracy");
  return {
    type: "frame",
    step: number(body["step"], "step"),
    epoch: number(body["epoch"], "epoch"),
    playing: body["playing"] === true,
    losses: { train: lossesOf(losses["train"]), validation: lossesOf(losses["validation"]) },
    accuracy: {
      train: optional(accuracy["train"], "accuracy"),
      validation: optional(accuracy["validation"], "accuracy"),
    },
    boundary: boundaryOf(body["boundary"]),
    updatesPerSecond: number(body["updates_per_second"], "updates_per_second"),
    state: bytesOf(body["state"], "state"),
    finished: body["finished"] == null ? null : problem(body["finished"]),
  };
}

function pointsOf(value: unknown): Points {
  const body = map(value, "points");
  return readPoints(bytesOf(body["x"], "x"), bytesOf(body["y"], "y"), bytesOf(body["label"], "label"));
}

function lossesOf(value: unknown): Losses {
  const body = map(value, "losses");
  return {
    total: number(body["total"], "total"),
    data: optional(body["data"], "data"),
    regularization: optional(body["regularization"], "regularization"),
  };
}

function boundaryOf(value: unknown): Boundary | null {
  if (value == null) return null;
  const body = map(value, "boundary");
  const size = number(body["size"], "size");
  const classes = bytesOf(body["classes"], "classes");
  const confidence = bytesOf(body["confidence"], "confidence");
  if (classes.length !== size * size || confidence.length !== size * size)
    throw new ProtocolError(`the boundary is not ${size} x ${size}`);
  return { size, classes, confidence };
}

function map(value: unknown, what: string): Body {
  if (typeof value !== "object" || value === null) throw new ProtocolError(`${what} is not a map`);
  return value as Body;
}

/** Non-finite numbers come as the strings "NaN", "Infinity", "-Infinity". */
function number(value: unknown, what: string): number {
  if (typeof value === "number") return value;
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return Number(value);
  throw new ProtocolError(`${what} is not a number`);
}

function optional(value: unknown, what: string): number | null {
  return value == null ? null : number(value, what);
}

function bytesOf(value: unknown, what: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new ProtocolError(`${what} is not bytes`);
  return value;
}

function problem(value: unknown): Problem {
  if (!isProblem(value)) throw new ProtocolError("the problem has no detail");
  return value;
}
