/** What the drawing shows of a frame: its numbers by layer and matrix, and which link is meant. */
import type { Frame } from "../live/protocol";
import type { ParameterValues } from "../live/parts";
import { curveOf, distance, type Curve, type Layout } from "./geometry";
import { largestOf, stepOf, STEPS, type Shown } from "./strengths";
import type { Lit } from "../update/stages";
import type { Column, Wire, Wiring } from "./wiring";

/** One link: a unit of one column to a unit of a later one. */
export interface Link {
  wire: Wire;
  from: number;
  to: number;
}

export interface Unit {
  column: number;
  unit: number;
}

/** The numbers of a frame, found by name. */
export class Numbers {
  readonly parameters: ReadonlyMap<string, ParameterValues>;
  readonly units: ReadonlyMap<string, Float32Array>;
  /** The largest size of a gradient: of links, and of units. */
  readonly largest: number;
  readonly largestUnit: number;

  constructor(values: Frame["values"], { wires }: Wiring) {
    this.parameters = new Map(values?.parameters.map((parameter) => [parameter.name, parameter]));
    this.units = new Map(values?.units.map(({ name, gradients }) => [name, gradients]));
    const drawn = wires.flatMap(({ matrix }) => this.parameters.get(matrix ?? "")?.gradients ?? []);
    this.largest = largestOf(drawn);
    this.largestUnit = largestOf(this.units.values());
  }

  /** A trained number and its gradient, null where the frame does not say it. */
  at(name: string | null, place: number): { value: number; gradient: number } | null {
    const found = this.parameters.get(name ?? "");
    const [value, gradient] = [found?.values[place], found?.gradients[place]];
    return value === undefined || gradient === undefined ? null : { value, gradient };
  }

  weight({ wire, from, to }: Link, { columns }: Wiring): { value: number; gradient: number } | null {
    return this.at(wire.matrix, from * (columns[wire.to]?.units ?? 0) + to);
  }
}

/** Calls for every link between units that are drawn. */
export function eachLink({ wires }: Wiring, { tiles }: Layout, call: (link: Link, curve: Curve) => void): void {
  for (const wire of wires) {
    const [sources = [], targets = []] = [tiles[wire.from], tiles[wire.to]];
    for (const source of sources)
      for (const target of targets)
        if (wire.matrix !== null || source.unit === target.unit)
          call({ wire, from: source.unit, to: target.unit }, curveOf(source, target));
  }
}

/** How thick each link is and of which sign, in the order of `eachLink`; null where it is passed on as it is. */
export function stepsOf(
  numbers: Numbers,
  wiring: Wiring,
  layout: Layout,
  shown: Shown,
): { step: number; positive: boolean }[] {
  const steps: { step: number; positive: boolean }[] = [];
  eachLink(wiring, layout, (link) => {
    const found = numbers.weight(link, wiring);
    const value = found ? (shown === "weights" ? found.value : found.gradient) : 0;
    // what is passed on as it is has the weight 1
    const step = link.wire.matrix === null ? STEPS / 2 : stepOf(value, shown, numbers.largest);
    steps.push({ step, positive: value >= 0 });
  });
  return steps;
}

/** Whether a walk of one update lights the units of a column: by their values, or by their biases. */
export function isLit({ columns, parameters }: Lit, { name, bias }: Column): boolean {
  return columns.has(name) || (bias !== null && parameters.has(bias));
}

/** Whether it lights the links of a matrix; what is passed on as it is, with the units at both ends. */
export function isLitWire({ columns, parameters }: Lit, { from, to, matrix }: Wire, wiring: Wiring): boolean {
  if (matrix !== null) return parameters.has(matrix);
  return [from, to].every((column) => columns.has(wiring.columns[column]?.name ?? ""));
}

/** How near the pointer must come to a link, in pixels. */
const NEAR = 5;

/** The link nearest to a point, null when none is near. */
export function linkAt(wiring: Wiring, layout: Layout, x: number, y: number): Link | null {
  let nearest: Link | null = null;
  let best = NEAR;
  eachLink(wiring, layout, (link, curve) => {
    const away = link.wire.matrix === null ? Number.POSITIVE_INFINITY : distance(curve, x, y);
    if (away >= best) return;
    best = away;
    nearest = link;
  });
  return nearest;
}

/** "h1[3]". */
export function nameOf({ columns }: Wiring, column: number, unit: number, features: readonly string[]): string {
  const found = columns[column];
  if (found?.kind === "features") return features[unit] ?? `X[${unit}]`;
  return `${found?.name ?? ""}[${unit}]`;
}
