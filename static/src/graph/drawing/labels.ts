/** The drawing in words, for those who do not see it, and what in it is not finite. */
import { count, formatShape, formatTensor, hasNonFinite } from "../../shared/format";
import { isTruncated, type GraphIndex, type GraphNode, type Quantity } from "../answer";
import type { GateBox } from "../layout/gates";

/** A quantity in a few words. */
export function spoken(quantity: Quantity, shape: readonly number[]): string {
  return isTruncated(quantity) ? `a tensor of shape ${formatShape(shape)}` : formatTensor(quantity);
}

/** A box in words: what it is and what it is called, its value, its gradient, and how it routes gradients. */
export function gateLabel(node: GraphNode, box: GateBox, value: boolean, gradient: boolean): string {
  const group = box.lumped > 0 ? `, ${count(box.lumped, "gate")} in one` : "";
  const what = box.kind === "gate" ? `gate ${box.text}` : box.kind;
  const parts = [
    node.name && node.op !== "input"
      ? `${what} of ${node.name}${group}`
      : `${what} ${node.name ?? ""}`.trim() + group,
  ];
  if (value) parts.push(`value ${spoken(node.value, node.shape)}`);
  if (gradient && node.gradient !== null) parts.push(`gradient ${spoken(node.gradient, node.shape)}`);
  if (node.pattern !== null) parts.push(node.pattern);
  return parts.join(", ");
}

function broken(quantity: Quantity | null): boolean {
  if (quantity === null) return false;
  return isTruncated(quantity) ? quantity.statistics.nonfinite > 0 : hasNonFinite(quantity);
}

/** Nodes whose value or gradient holds NaN or infinity. */
export function brokenNodes(index: GraphIndex): Set<string> {
  return new Set(
    index.answer.nodes.filter((node) => broken(node.value) || broken(node.gradient)).map((node) => node.id),
  );
}
