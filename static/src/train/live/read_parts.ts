/** Reading what a frame says of the network's inside. */
import { floats, signed } from "./bytes";
import { bytes, list, map, number, optional, ProtocolError, text, type Body } from "./fields";
import type {
  Confusion,
  HiddenLayer,
  LayerMaps,
  LayerStatistics,
  ParameterShape,
  ParameterStatistics,
  Place,
  UnitGradients,
  UnitMaps,
  Values,
  Warp,
} from "./parts";

export function hiddenLayer(value: unknown): HiddenLayer {
  const { name, units, activation } = map(value, "layer");
  return {
    name: text(name, "name"),
    units: number(units, "units"),
    activation: activation == null ? null : text(activation, "activation"),
  };
}

export function parameterShape(value: unknown): ParameterShape {
  const { name, shape } = map(value, "parameter");
  return { name: text(name, "name"), shape: list(shape, "shape", (size) => number(size, "size")) };
}

export function parameterStatistics(value: unknown): ParameterStatistics {
  const body = map(value, "parameter");
  return {
    name: text(body["name"], "name"),
    norm: number(body["norm"], "norm"),
    gradientNorm: number(body["gradient_norm"], "gradient_norm"),
    updateRatio: optional(body["update_ratio"], "update_ratio"),
  };
}

export function layerStatistics(value: unknown): LayerStatistics {
  const body = map(value, "layer");
  return {
    name: text(body["name"], "name"),
    dead: optional(body["dead"], "dead"),
    passes: optional(body["passes"], "passes"),
  };
}

export function confusion(value: unknown): Confusion {
  return list(value, "confusion", (row) => list(row, "row", (many) => number(many, "count")));
}

export function unitMaps(value: unknown): UnitMaps | null {
  if (value == null) return null;
  const body = map(value, "units");
  const size = number(body["size"], "size");
  return { size, layers: list(body["layers"], "layers", (layer) => layerMaps(layer, size)) };
}

function layerMaps(value: unknown, size: number): LayerMaps {
  const body = map(value, "layer");
  const scale = floats(bytes(body["scale"], "scale"));
  const maps = signed(bytes(body["maps"], "maps"));
  if (maps.length !== scale.length * size * size)
    throw new ProtocolError(`${scale.length} maps are not ${size} x ${size} each`);
  return { name: text(body["name"], "name"), scale, maps };
}

export function valuesOf(value: unknown): Values | null {
  if (value == null) return null;
  const body = map(value, "values");
  return {
    parameters: list(body["parameters"], "parameters", (entry) => {
      const fields = map(entry, "parameter");
      return {
        ...parameterShape(entry),
        values: floats(bytes(fields["values"], "values")),
        gradients: floats(bytes(fields["gradients"], "gradients")),
      };
    }),
    units: list(body["units"], "units", unitGradients),
  };
}

function unitGradients(value: unknown): UnitGradients {
  const body = map(value, "unit gradients");
  return { name: text(body["name"], "name"), gradients: floats(bytes(body["gradients"], "gradients")) };
}

export function warpOf(value: unknown): Warp | null {
  if (value == null) return null;
  const body = map(value, "warp");
  const pairs = (key: string) => floats(bytes(body[key], key));
  return {
    layer: text(body["layer"], "layer"),
    kind: body["kind"] === "units" ? "units" : "principal",
    units: pairOf(body),
    share: number(body["share"], "share"),
    size: number(body["size"], "size"),
    grid: pairs("grid"),
    train: pairs("train"),
    validation: pairs("validation"),
  };
}

function pairOf({ units }: Body): readonly [number, number] | null {
  const [first, second] = list(units, "units", (unit) => number(unit, "unit"));
  return first === undefined || second === undefined ? null : [first, second];
}

export function placeOf(value: unknown): Place | null {
  if (value == null) return null;
  const body = map(value, "place");
  return {
    x: number(body["x"], "x"),
    y: number(body["y"], "y"),
    scores: list(body["scores"], "scores", (score) => number(score, "score")),
    shares: body["shares"] == null ? null : list(body["shares"], "shares", (share) => number(share, "share")),
    chosen: optional(body["chosen"], "chosen"),
  };
}
