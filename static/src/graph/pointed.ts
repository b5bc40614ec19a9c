/** Which gate a place in the program belongs to. */
import { innermost, type Span } from "../shared/editor/spans";
import type { GraphAnswer } from "./answer";

/** Key of the drawn node that a span of the drawn program, in code points, lies in: the innermost expression, else what its statement gives.
 *  Constants that are not drawn belong to the gate around them. */
export function keyAt({ nodes, statements }: GraphAnswer, span: Span, constants: boolean): string | null {
  const drawn = constants ? nodes : nodes.filter(({ op }) => op !== "constant");
  const node = innermost(drawn, span);
  if (node) return node.key;
  const statement = innermost(statements, span)?.node;
  if (statement === undefined) return null;
  return drawn.find(({ key, members }) => key === statement || members.includes(statement))?.key ?? null;
}
