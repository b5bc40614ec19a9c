/** The drawing in words, for those who do not see it, and what in it is not finite. */
import { count, formatShape, formatTensor, hasNonFinite } from "../../shared/format";
import { isTruncated, type GraphIndex, type GraphNode, type Quantity } from "../answer";
import type { GateBox } from "../layout/gates";

/** A quantity in a few words. */
export function spoken(quantity: Quantity, shape: readonly number[]): string {
  return isTruncated(quantity) ? `a tensor of shape ${formatShape(shape)}` : formatTensor(quantity);
}

/** A box in words: what is written on it, in that order, then its value and its gradient. */
export function gateLabel(node: GraphNode, box: GateBox, value: boolean, gradient: boolean): string {
  const name = node.name ?? "";
  const parts = box.kind === "gate" ? [`gate ${box.text}`, name, node.pattern ?? ""] : [`${box.kind} ${name}`.trim()];
  if (box.lumped > 0) parts.push(`${count(box.lumped, "gate")} in one`);
  if (value) parts.push(`value ${spoken(node.value, node.shape)}`);
  if (gradient && node.gradient !== null) parts.push(`gradient ${spoken(node.gradient, node.shape)}`);
  return parts.filter((part) => part !== "").join(", ");
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
