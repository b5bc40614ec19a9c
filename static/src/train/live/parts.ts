/** What a frame says of the network's inside; the optional parts are sent only while somebody looks at them. */

/** Which optional parts frames carry. */
export interface Watch {
  units: boolean;
  values: boolean;
  hidden: HiddenView | null;
  /** The class each point is taken for. */
  chosen: boolean;
  /** The (x, y) whose scores are wanted. */
  place: readonly [number, number] | null;
}

/** A hidden layer to be seen as a plane: two of its units, or its principal directions. */
export interface HiddenView {
  layer: string;
  units: readonly [number, number] | null;
}

/** A hidden layer of the program: a named statement with a row for each point. */
export interface HiddenLayer {
  name: string;
  units: number;
  /** The op of its activation, null where the layer does not end in one. */
  activation: string | null;
}

/** A trained parameter. */
export interface ParameterShape {
  name: string;
  shape: readonly number[];
}

/** A parameter in three numbers: its norm, its gradient's, and how far the last update moved it beside its norm. */
export interface ParameterStatistics {
  name: string;
  norm: number;
  gradientNorm: number;
  updateRatio: number | null;
}

/** A hidden layer's health over all training points; null without an activation of its own. */
export interface LayerStatistics {
  name: string;
  /** Units that no gradient passes at any training point. */
  dead: number | null;
  /** The mean size of the activation's local gradient. */
  passes: number | null;
}

/** Rows are the points' own classes, columns the classes chosen for them. */
export type Confusion = readonly (readonly number[])[];

/** In a map: no finite number. */
export const MISSING = -128;

/** What every unit of a layer answers over the plane: value = scale * map / 127 but for MISSING, row 0 has the least y. */
export interface LayerMaps {
  name: string;
  /** One per unit. */
  scale: Float32Array;
  /** One map of size * size after the other. */
  maps: Int8Array;
}

/** Features, hidden layers, scores, in this order. */
export interface UnitMaps {
  size: number;
  layers: readonly LayerMaps[];
}

/** Parameters with the gradients of the next minibatch, and of every hidden unit the size of its gradient over it. */
export interface Values {
  parameters: readonly ParameterValues[];
  units: readonly UnitGradients[];
}

export interface ParameterValues extends ParameterShape {
  values: Float32Array;
  gradients: Float32Array;
}

export interface UnitGradients {
  name: string;
  /** Root mean square over the minibatch, one per unit. */
  gradients: Float32Array;
}

/** Where a hidden layer puts the points and a grid of the plane: pairs of numbers. */
export interface Warp {
  layer: string;
  kind: "units" | "principal";
  units: readonly [number, number] | null;
  /** Share of the points' variance that the two directions show. */
  share: number;
  /** Grid points along either axis. */
  size: number;
  grid: Float32Array;
  train: Float32Array;
  validation: Float32Array;
}

/** What the network answers at one place of the plane. */
export interface Place {
  x: number;
  y: number;
  /** One per class, or a single one. */
  scores: readonly number[];
  /** The softmax share of each class; null for values. */
  shares: readonly number[] | null;
  /** The class with the highest score; null for values. */
  chosen: number | null;
}
