/** What an input holds by now, which may be newer than the drawn answer. */
import { shapeOf, sizeOf, type Tensor } from "../../shared/tensor";
import { isTruncated, type GraphNode, type Quantity } from "../answer";
import type { Session } from "../session.svelte";
import { readTensor } from "./literals";

/** Elements that a tensor is shown whole with. */
const MOST_SHOWN = 1024;

/** True where a number is handed in beside the program, over what the program itself says. */
export function isOverridden(session: Session, node: GraphNode): boolean {
  return node.declared !== "free" && node.name !== null && node.name in session.inputs;
}

/** The numbers of an input as they are written or handed in now, even before the answer to them. */
export function currentValue(session: Session, node: GraphNode): Quantity {
  // The API's own type spells its four axes out, ours names itself.
  return (newer(session, node) as Quantity | null) ?? node.value;
}

/** Null where the drawn answer is as new as anything. */
function newer(session: Session, node: GraphNode): Tensor | null {
  const given = node.name === null ? undefined : session.inputs[node.name];
  // A large tensor is shown by its statistics, which only the answer holds.
  if (given !== undefined) return isTruncated(node.value) && sizeOf(shapeOf(given)) > MOST_SHOWN ? null : given;
  if (node.declared !== "literal" || node.span === null || session.drawn?.source === session.source)
    return null;
  return readTensor(session.source.slice(...session.spanNow(node.span)));
}
