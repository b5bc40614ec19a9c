/** Reading what the server says. */
import { decode } from "@msgpack/msgpack";
import { bytes, list, map, number, optional, problem, ProtocolError, text, type Body } from "./fields";
import { readPoints, type Points } from "./points";
import { VERSION, type Boundary, type Frame, type Losses, type Ready, type ServerMessage, type Split } from "./protocol";
import {
  confusion,
  hiddenLayer,
  layerStatistics,
  parameterShape,
  parameterStatistics,
  placeOf,
  unitMaps,
  valuesOf,
  warpOf,
} from "./read_parts";

/** The message that bytes stand for; throws ProtocolError for anything else. */
export function read(content: ArrayBuffer): ServerMessage {
  const body = map(decode(new Uint8Array(content)), "message");
  if (body["version"] !== VERSION)
    throw new ProtocolError(`the server speaks version ${String(body["version"])}; reload the page`);
  switch (body["type"]) {
    case "ready":
      return readReady(body);
    case "frame":
      return readFrame(body);
    case "state":
      return {
        type: "state",
        step: number(body["step"], "step"),
        asked: body["asked"] === true,
        state: bytes(body["state"], "state"),
      };
    case "status":
      return { type: "status", playing: body["playing"] === true, step: number(body["step"], "step") };
    case "problem":
      return { type: "problem", problem: problem(body["problem"]) };
    default:
      throw new ProtocolError(`there is no message of type '${String(body["type"])}'`);
  }
}

/** The facts of a training, live or in a stream. */
export function readReady(body: Body): Ready {
  const points = map(body["points"], "points");
  const data = map(body["data"], "data");
  const [low, high] = list(body["extent"], "extent", (end) => number(end, "extent"));
  return {
    type: "ready",
    points: { train: pointsOf(points["train"]), validation: pointsOf(points["validation"]) },
    data: {
      kind: data["kind"] === "values" ? "values" : "classes",
      inPlane: data["in_plane"] === true,
      columns: number(data["columns"], "columns"),
    },
    classes: number(body["classes"], "classes"),
    extent: [number(low, "extent"), number(high, "extent")],
    parameters: number(body["parameters"], "parameters"),
    features: list(body["features"], "features", (name) => text(name, "feature")),
    layers: list(body["layers"], "layers", hiddenLayer),
    shapes: list(body["shapes"], "shapes", parameterShape),
    earliest: optional(body["earliest"], "earliest") ?? 0,
  };
}

/** Where a training stands; only live ones play and have a speed. */
export function readFrame(body: Body): Frame {
  const losses = map(body["losses"], "losses");
  const accuracy = map(body["accuracy"], "accuracy");
  const counted = body["confusion"] == null ? null : map(body["confusion"], "confusion");
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
    confusion: counted && {
      train: confusion(counted["train"]),
      validation: confusion(counted["validation"]),
    },
    boundary: boundaryOf(body["boundary"]),
    learningRate: number(body["learning_rate"], "learning_rate"),
    parameters: list(body["parameters"], "parameters", parameterStatistics),
    layers: list(body["layers"], "layers", layerStatistics),
    units: unitMaps(body["units"]),
    values: valuesOf(body["values"]),
    warp: warpOf(body["warp"]),
    chosen: chosenOf(body["chosen"]),
    place: placeOf(body["place"]),
    updatesPerSecond: optional(body["updates_per_second"], "updates_per_second") ?? 0,
    fingerprint: text(body["fingerprint"], "fingerprint"),
    stopped: body["stopped"] == null ? null : text(map(body["stopped"], "stopped")["reason"], "reason"),
    finished: body["finished"] == null ? null : problem(body["finished"]),
  };
}

function pointsOf(value: unknown): Points {
  const body = map(value, "points");
  const part = (key: string) => bytes(body[key], key);
  return readPoints(part("x"), part("y"), part("label"), part("value"));
}

function lossesOf(value: unknown): Losses {
  const body = map(value, "losses");
  return {
    total: number(body["total"], "total"),
    data: optional(body["data"], "data"),
    regularization: optional(body["regularization"], "regularization"),
  };
}

function chosenOf(value: unknown): Split<Uint8Array> | null {
  if (value == null) return null;
  const body = map(value, "chosen");
  return { train: bytes(body["train"], "train"), validation: bytes(body["validation"], "validation") };
}

function boundaryOf(value: unknown): Boundary | null {
  if (value == null) return null;
  const body = map(value, "boundary");
  const size = number(body["size"], "size");
  const classes = bytes(body["classes"], "classes");
  const confidence = bytes(body["confidence"], "confidence");
  if (classes.length !== size * size || confidence.length !== size * size)
    throw new ProtocolError(`the boundary is not ${size} x ${size}`);
  return { size, classes, confidence };
}
