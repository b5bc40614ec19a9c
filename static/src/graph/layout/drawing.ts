/** The drawing as boxes and wires: what the layout must give room to. It depends on structure and shapes, never on numbers. */
import type { GraphIndex, Ops } from "../answer";
import { PLAIN, type View } from "../view";
import { gateBox, portsOf, type GateBox } from "./gates";
import type { Grid, Size } from "./sizes";
import { wiresOf } from "./wires";

export const JUNCTION_RADIUS = 3.5;

/** A wire from box to box, by their keys. A value used once has one wire per edge. A value used more often runs
 *  along a trunk into a junction, from which branches leave; uses further on are reached by a bus to the next junction. */
export interface Wire {
  key: string;
  role: "edge" | "trunk" | "bus" | "output";
  /** Id of the node whose value runs along it. */
  source: string;
  from: string;
  /** Null where the wire ends in the open: the output, and results that nothing uses. */
  to: string | null;
  /** Its port on the gate it leads to: the position of its argument among those that are drawn. */
  argument: number;
  /** Ids of the edges that run along it: one on a branch, those of every branch to come on trunk and bus. */
  edges: readonly string[];
  /** Room for its numbers; null on a bus and on a constant's wire: a constant wears its number itself. */
  size: Size | null;
  /** How its tensor is written there; null for a scalar, and where there are no numbers. */
  grid: Grid | null;
}

export interface Junction {
  key: string;
  source: string;
}

export interface Drawing {
  gates: GateBox[];
  junctions: Junction[];
  wires: Wire[];
}

/** What of the view changes the boxes and wires of one and the same answer. */
export type Look = Pick<View, "constants" | "lump">;

export function drawingOf(index: GraphIndex, ops: Ops, look: Look = PLAIN): Drawing {
  const { nodes, output_node } = index.answer;
  const shown = nodes.filter(({ op, id }) => look.constants || op !== "constant" || id === output_node);
  const sources = new Set(shown.map(({ id }) => id));
  const port = new Map(
    shown.flatMap((node) => portsOf(node, index, look).map(({ id }, i) => [id, i] as const)),
  );
  const { wires, junctions } = wiresOf(index);
  return {
    gates: shown.map((node) => gateBox(node, index, ops, look)),
    junctions,
    wires: wires
      .filter((wire) => sources.has(wire.source))
      .map((wire) =>
        wire.role === "edge" ? { ...wire, argument: port.get(wire.edges[0] ?? "") ?? wire.argument } : wire,
      ),
  };
}
