/** What a gradient check found, in words. */
import type { components } from "../../shared/schema";
import { formatNumber } from "../../shared/format";
import { toNumber } from "../../shared/tensor";

type Schemas = components["schemas"];
export type InputCheck = Schemas["InputCheck"];
export type CheckCost = Schemas["CheckCost"];

/** Below this relative error two gradients agree without a look at rounding. */
const ORDINARY = 1e-6;

interface Said {
  sign: string;
  word: string;
  /** Why, and what to make of it. */
  reason: string;
}

export function said(check: InputCheck): Said {
  switch (check.verdict) {
    case "agrees":
      return toNumber(check.relative_error) <= ORDINARY
        ? { sign: "✓", word: "agrees", reason: "The two gradients are the same up to rounding." }
        : {
            sign: "✓",
            word: "agrees within rounding noise",
            reason:
              "The gradient is so small beside the output that rounding alone explains the difference: no mistake.",
          };
    case "kink":
      return {
        sign: "∧",
        word: "kink",
        reason:
          "The slopes to the left and to the right differ: there is no derivative here, and the gradient is a choice between them.",
      };
    case "not_finite":
      return {
        sign: "∞",
        word: "not finite",
        reason: "One side is NaN or infinite: there is nothing to compare. Move the inputs away from here.",
      };
    case "differs":
      return {
        sign: "≠",
        word: "differs",
        reason:
          "They are further apart than rounding explains: the output bends or jumps within the tiny step, or a gradient is wrong.",
      };
  }
}

/** The price of the check beside the chain rule's. */
export function priceOf({ forward_passes, forward_seconds, backward_seconds }: CheckCost): string {
  const passes = forward_passes === 1 ? "pass" : "passes";
  return `${forward_passes} forward ${passes}, ${duration(forward_seconds)}, against 1 forward and 1 backward pass, ${duration(backward_seconds)}`;
}

function duration(seconds: number): string {
  return seconds < 1 ? `${formatNumber(seconds * 1e3, 2)} ms` : `${formatNumber(seconds, 3)} s`;
}
