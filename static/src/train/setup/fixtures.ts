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
  schedules: [],
  clippings: [],
  metrics: {},
  conditions: {},
  activations: ["relu", "tanh", "sigmoid"],
  activation_entries: [],
  initializers: [],
  losses: [],
  regularizers: [],
  extent: [-1.25, 1.25],
};
