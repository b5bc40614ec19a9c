/** Choices for tests, as a server hands them to the page. */
import type { Choices } from "./choices";

const texts = { doc: "", source: "", formula: "", noise_unit: "" };

export const choices: Choices = {
  datasets: [
    { name: "spiral", title: "Spiral", class_range: [2, 6], classes: 3, samples: 600, noise: 0.2, ...texts },
    {
      name: "circles",
      title: "Circles",
      class_range: [2, 3],
      classes: 2,
      samples: 400,
      noise: 0.08,
      ...texts,
    },
  ],
  optimizers: [
    { name: "sgd", title: "SGD", learning_rate: 0.5, ...texts },
    { name: "adam", title: "Adam", learning_rate: 0.02, ...texts },
  ],
  activations: ["relu", "tanh", "sigmoid"],
  extent: [-1.25, 1.25],
};
