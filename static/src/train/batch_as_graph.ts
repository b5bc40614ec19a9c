/** The next minibatch of a training as a lesson of the graph page, with the very numbers. */
import { post } from "../shared/api";
import { openAsGraph } from "../shared/opened";
import type { Tensor } from "../shared/tensor";
import { toBase64 } from "./live/base64";
import type { Whole } from "./run.svelte";

/** Opens it in a tab of its own; false where the browser has no room for it. Throws like `post`. */
export async function openBatchAsGraph({ spec, state, step }: Whole): Promise<boolean> {
  const { source, inputs, loss, batch } = await post("/api/v1/trainings/batch", {
    spec,
    state: toBase64(state),
    lump: [],
    copies: false,
    full: [],
    inputs: true,
  });
  const points = batch.points.length;
  return openAsGraph({
    source,
    // asked for, they come whole
    inputs: (inputs ?? {}) as Readonly<Record<string, Tensor>>,
    output: loss,
    about: `The minibatch of ${points} points that the training takes next, after step ${step}.`,
  });
}
