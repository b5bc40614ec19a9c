/** The op table by name: symbols, formulas, words. */
import { opTable } from "../shared/catalogue";
import { ConnectionLost, ProblemError } from "../shared/problem";
import type { Ops } from "./answer";

/** Null when the server cannot be reached: the connection store says so and tries again.
 *  A server that has no table for us still traces programs: gates then wear their names. */
export async function loadOps(): Promise<Ops | null> {
  try {
    const { ops } = await opTable();
    return new Map(ops.map((op) => [op.name, op]));
  } catch (error) {
    if (error instanceof ConnectionLost) return null;
    if (error instanceof ProblemError) return new Map();
    throw error;
  }
}
