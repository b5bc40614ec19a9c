/** The outline of a node: an input's pill, a constant's small number, a gate's circle with its words around it. */
import { count, formatShape, formatTensor } from "../../shared/format";
import { isLeaf, isTruncated, type GraphEdge, type GraphIndex, type GraphNode, type Ops } from "../answer";
import type { Look } from "./drawing";
import type { Size } from "./sizes";
import { codeWidth, textWidth } from "./text";

export const GATE_RADIUS = 19;
export const CAPTION_HEIGHT = 15;
/** How far the words above and below a gate may reach over the bends of its wires, which run at its own height. */
const CAPTION_OVERHANG = 8;
const PATTERN_OVERHANG = 24;
const LONGEST_CAPTION = 16;

export type Kind = "input" | "constant" | "gate";

/** `width` and `height` are those of the outline, `room` what the layout keeps free. */
export interface GateBox {
  id: string;
  key: string;
  kind: Kind;
  text: string;
  caption: string | null;
  pattern: string | null;
  width: number;
  height: number;
  room: Size;
  ports: number;
  /** How many gates it stands for; 0 for a gate that is as the program wrote it. */
  lumped: number;
}

export function gateBox(node: GraphNode, index: GraphIndex, ops: Ops, look: Look): GateBox {
  const kind: Kind = isLeaf(node) ? (node.op as "input" | "constant") : "gate";
  const text = look.constants ? labelOf(node, ops, look) : withConstant(node, index, ops, look);
  const lumped = node.members.length;
  const caption =
    kind === "gate" && node.name !== null && shortened(node.name) !== text ? shortened(node.name) : null;
  const pattern = kind === "gate" ? (node.pattern ?? (lumped > 0 ? count(lumped, "gate") : null)) : null;
  const outline = outlineOf(kind, text);
  const words = [
    codeWidth(caption ?? "", 11.5) - CAPTION_OVERHANG,
    textWidth(pattern ?? "", 11) - PATTERN_OVERHANG,
  ];
  return {
    id: node.id,
    key: node.key,
    kind,
    text,
    caption,
    pattern,
    ...outline,
    room: {
      width: Math.max(outline.width, ...words),
      // Words stand above and below, and the gate in the middle: both sides are always reserved.
      height: outline.height + (kind === "gate" ? 2 * CAPTION_HEIGHT : 0),
    },
    ports: portsOf(node, index, look).length,
    lumped,
  };
}

/** The edges that arrive at a gate as it is drawn, in argument order. */
export function portsOf({ id }: GraphNode, index: GraphIndex, { constants }: Look): GraphEdge[] {
  return index.into(id).filter((edge) => constants || index.node(edge.source).op !== "constant");
}

function shortened(name: string): string {
  return name.length > LONGEST_CAPTION ? `${name.slice(0, LONGEST_CAPTION - 1)}\u2026` : name;
}

function labelOf(node: GraphNode, ops: Ops, { lump }: Look): string {
  if (node.op === "input") return node.name ?? "input";
  if (node.op === "constant")
    return isTruncated(node.value) ? formatShape(node.shape) : formatTensor(node.value);
  if (node.op === "selection") {
    const byHand = lump.find((one) => typeof one !== "string" && one.keys.includes(node.key));
    return shortened(typeof byHand === "object" ? byHand.name : (node.name ?? "expression"));
  }
  return ops.get(node.op)?.symbol ?? node.op;
}

/** Where constants have no box of their own, an operator wears the one number it takes: ×2, 1÷. */
function withConstant(node: GraphNode, index: GraphIndex, ops: Ops, look: Look): string {
  const label = labelOf(node, ops, look);
  const edges = index.into(node.id);
  const [constant, ...others] = edges.filter((edge) => index.node(edge.source).op === "constant");
  if (!constant || others.length > 0 || edges.length !== 2 || constant.shape.length > 0) return label;
  if (!ops.get(node.op)?.operator) return label;
  const number = labelOf(index.node(constant.source), ops, look);
  return constant.argument === 0 ? `${number} ${label}` : `${label} ${number}`;
}

function outlineOf(kind: Kind, text: string): Size {
  if (kind === "constant") return { width: Math.max(20, textWidth(text, 13) + 10), height: 20 };
  if (kind === "input") return { width: Math.max(30, codeWidth(text, 14) + 20), height: 30 };
  return { width: Math.max(2 * GATE_RADIUS, textWidth(text, 14) + 18), height: 2 * GATE_RADIUS };
}
