/** The number of a scalar input, dragged to the left and right or stepped by the arrow keys. */
import type { GraphNode } from "../answer";
import { currentValue } from "../inputs/current";
import { tidy } from "../inputs/literals";
import type { Session } from "../session.svelte";

const PIXELS_PER_UNIT = 4;

/** Whether the reader may set it: a scalar that the program writes or leaves free, and no initializer draws. */
export function isTurnable({ op, shape, declared, value }: GraphNode): boolean {
  return op === "input" && shape.length === 0 && declared !== "initializer" && typeof value === "number";
}

/** What one step changes: the second digit of the number. */
export function unitOf(value: number): number {
  return value === 0 ? 0.1 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
}

/** The number after a drag by so many pixels; `fine` steps are ten times smaller. */
export function dragged(start: number, pixels: number, fine: boolean): number {
  const step = fine ? unitOf(start) / 10 : unitOf(start);
  return stepped(start, Math.round(pixels / PIXELS_PER_UNIT) * step);
}

/** The sum as one writes it: 0.3 - 0.3 is 0, without the last bits of a float. */
export function stepped(start: number, by: number): number {
  const sum = tidy(start + by);
  return Math.abs(sum) < Math.abs(by) * 1e-6 ? 0 : sum;
}

/** The number as it stands now: the answer that the drawing shows may be one change behind. */
export function numberNow(session: Session, node: GraphNode): number {
  return Number(currentValue(session, node));
}
