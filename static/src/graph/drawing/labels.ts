/** The drawing in words, for those who do not see it, and what in it is not finite. */
import { formatTensor, hasNonFinite } from "../../shared/format";
import { formatShape } from "../../shared/format";
import { isTruncated, type GraphIndex, type GraphNode, type Quantity } from "../answer";

/** A quantity in a few words. */
export function spoken(quantity: Quantity, shape: readonly number[]): string {
  return isTruncated(quantity) ? `a tensor of shape ${formatShape(shape)}` : formatTensor(quantity);
}

export function gateLabel(node: GraphNode, text: string, value: boolean, gradient: boolean): string {
  const what = node.op === "input" ? "input" : node.op === "constant" ? "constant" : `gate ${text}`;
  const parts = [
    node.name && node.op !== "input" ? `${what} of ${node.name}` : `${what} ${node.name ?? ""}`.trim(),
  ];
  if (value) parts.push(`value ${spoken(node.value, node.shape)}`);
  if (gradient && node.gradient !== null) parts.push(`gradient ${spoken(node.gradient, node.shape)}`);
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
