/** A loss that the data allow: values are squared against, and only two classes have a logistic loss. */
import type { Choices } from "./choices";
import { entryOf, type DataSetup, type NetworkSetup } from "./setup";

/** The names of the losses that data can have. */
export function lossesFor(choices: Choices, data: DataSetup): string[] {
  const values = entryOf(choices, data.name)?.kind === "values";
  return choices.losses
    .map(({ name }) => name)
    .filter((name) => (values ? name === "squared" : name !== "logistic" || data.classes === 2));
}

/** The same network where its loss fits the data, else one with the usual loss of such data; so too where other data had values or classes before. */
export function fittingLoss(
  choices: Choices,
  network: NetworkSetup,
  data: DataSetup,
  before: DataSetup = data,
): NetworkSetup {
  const losses = lossesFor(choices, data);
  const loss = losses[0];
  const another = entryOf(choices, data.name)?.kind !== entryOf(choices, before.name)?.kind;
  return (losses.includes(network.loss) && !another) || loss === undefined ? network : { ...network, loss };
}
