/** What the editor knows of the language's functions: the op table and the initializers. */
import { StateEffect, StateField } from "@codemirror/state";
import { opTable } from "../catalogue";
import { connection } from "../connection.svelte";
import { ConnectionLost, ProblemError } from "../problem";

export interface FunctionEntry {
  name: string;
  signature: string;
  doc: string;
  /** An initializer's sizes have a place only; every parameter of an op has a name too. */
  kind: "op" | "initializer";
}

export type Functions = ReadonlyMap<string, FunctionEntry>;

export const setFunctions = StateEffect.define<Functions>();

/** The functions an editor knows: none until the table has arrived. */
export const knownFunctions = StateField.define<Functions>({
  create: () => new Map(),
  update: (known, { effects }) =>
    effects.reduce((latest, effect) => (effect.is(setFunctions) ? effect.value : latest), known),
});

/** Gives the functions once they are known, however often the server is away before; answers the stop function. */
export function whenFunctionsKnown(found: (functions: Functions) => void): () => void {
  const load = async () => {
    try {
      const { ops, initializers } = await opTable();
      const entry = (kind: FunctionEntry["kind"]) => ({ name, signature, doc }: Omit<FunctionEntry, "kind">) =>
        [name, { name, signature, doc, kind }] as const;
      const callable = ops.filter((op) => op.callable);
      found(new Map([...callable.map(entry("op")), ...initializers.map(entry("initializer"))]));
    } catch (error) {
      // an editor without the table is an editor all the same
      if (!(error instanceof ConnectionLost || error instanceof ProblemError)) throw error;
    }
  };
  void load();
  return connection.onReturn(() => void load());
}
