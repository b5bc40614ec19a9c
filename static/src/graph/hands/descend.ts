/** One step of gradient descent on a tensor, and which inputs it is taken on. */
import { MOST } from "../../shared/digits.svelte";
import { toNumber, type Tensor } from "../../shared/tensor";
import { isTruncated, type GraphNode, type Quantity } from "../answer";
import { tidy } from "../inputs/literals";

/** As many digits as a reader can ask to see: the numbers are written in the program. */
const DIGITS = MOST;

/** x - rate * gradient. */
export function stepped(x: Tensor, gradient: Tensor, rate: number): Tensor {
  if (Array.isArray(x) && Array.isArray(gradient))
    return x.map((part, at) => stepped(part, gradient[at] ?? 0, rate));
  if (Array.isArray(x) || Array.isArray(gradient)) return x;
  return tidy(toNumber(x) - rate * toNumber(gradient), DIGITS);
}

/** Inputs whose numbers and gradients are all known: those that a step can be taken on. */
export function steppable(nodes: readonly GraphNode[]): GraphNode[] {
  return nodes.filter(({ op, value, gradient }) => op === "input" && whole(value) && whole(gradient));
}

function whole(quantity: Quantity | null): boolean {
  return quantity !== null && !isTruncated(quantity);
}

/** The inputs that are stepped unless the reader says otherwise: the parameters where there are any, else all. */
export function usual(nodes: readonly GraphNode[]): GraphNode[] {
  const parameters = nodes.filter(({ declared }) => declared === "initializer");
  return parameters.length > 0 ? parameters : [...nodes];
}
