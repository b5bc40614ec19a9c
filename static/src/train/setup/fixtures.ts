/** Choices for tests, as a server hands them to the page. */
import type { components } from "../../shared/schema";
import type { Choices } from "./choices";

const texts = { doc: "", source: "", formula: "", noise_unit: "" };
const plane: Pick<
  components["schemas"]["DataSetEntry"],
  "kind" | "in_plane" | "columns" | "noise_range" | "sample_range" | "most_per_class"
> = {
  kind: "classes",
  in_plane: true,
  columns: 2,
  noise_range: [0, 1],
  sample_range: [8, 20_000],
  most_per_class: null,
};

function parts(...names: string[]): components["schemas"]["PartEntry"][] {
  return names.map((name) => ({ name, title: name, doc: "" }));
}

export const choices: Choices = {
  datasets: [
    {
      name: "spiral",
      title: "Spiral",
      class_range: [2, 6],
      classes: 3,
      samples: 600,
      noise: 0.2,
      ...texts,
      ...plane,
    },
    {
      name: "circles",
      title: "Circles",
      class_range: [2, 3],
      classes: 2,
      samples: 400,
      noise: 0.08,
      ...texts,
      ...plane,
    },
  ],
  features: [],
  held_out_range: [0.01, 0.4],
  optimizers: [
    { name: "sgd", title: "SGD", learning_rate: 0.5, weight_decay: 0, ...texts },
    { name: "adam", title: "Adam", learning_rate: 0.02, weight_decay: 0, ...texts },
  ],
  schedules: parts("constant", "cosine").map((part) => ({ ...part, ...texts, numbers: [] })),
  clippings: parts("norm", "value").map((part) => ({ ...part, ...texts })),
  metrics: { train_loss: "the loss over the points trained on" },
  conditions: { at_most: "is at most the value", no_improvement: "has not improved" },
  activations: ["relu", "tanh", "sigmoid", "leaky_relu"],
  activation_entries: parts("relu", "tanh", "sigmoid", "leaky_relu"),
  initializers: parts("he", "xavier", "normal"),
  losses: parts("cross_entropy", "hinge", "squared", "logistic"),
  regularizers: parts("none", "l2", "l1", "elastic"),
  extent: [-1.25, 1.25],
};
