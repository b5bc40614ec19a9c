import { describe, expect, it } from "vitest";
import { choices } from "./fixtures";
import { fittingLoss, lossesFor } from "./fitting";
import {
  builderRequest,
  classChoices,
  dataOf,
  dataOfOwn,
  dataRequest,
  defaultSetup,
  specOf,
  withHidden,
  withOptimizer,
} from "./setup";

const setup = defaultSetup(choices);

describe("the setup", () => {
  it("starts with the first data set as it begins", () => {
    expect(setup.data).toMatchObject({ name: "spiral", classes: 3, samples: 600, noise: 0.2, seed: 0 });
    expect(() => dataOf(choices, "moon", 0)).toThrow("moon");
  });

  it("offers the classes that the data have", () => {
    expect(classChoices(choices, "spiral")).toEqual([2, 3, 4, 5, 6]);
    expect(classChoices(choices, "circles")).toEqual([2, 3]);
  });

  it("lets a learning rate nobody touched follow the optimizer", () => {
    expect(withOptimizer(choices, setup.learning, "sgd")).toMatchObject({ optimizer: "sgd", rate: 0.5 });
    const touched = { ...setup.learning, rate: 0.003 };
    expect(withOptimizer(choices, touched, "sgd")).toMatchObject({ optimizer: "sgd", rate: 0.003 });
  });

  it("keeps the activation of each layer's place, and gives new layers the last one", () => {
    const network = { ...setup.network, hidden: [4, 4], activations: ["tanh", "relu"] };
    expect(withHidden(network, [4, 4, 4]).activations).toEqual(["tanh", "relu", "relu"]);
    expect(withHidden(network, [4]).activations).toEqual(["tanh"]);
    expect(withHidden(withHidden(network, []), [3]).activations).toEqual(["tanh"]);
  });

  it("asks the builder for a network of the features and the data's classes", () => {
    const asked = builderRequest(choices, setup);
    expect(asked).toMatchObject({ features: 2, classes: 3, hidden: [16, 16], activation: "relu" });
    const mixed = { ...setup.network, activations: ["relu", "tanh"] };
    const data = { ...setup.data, features: ["x", "y", "x^2"] };
    expect(builderRequest(choices, { ...setup, data, network: mixed })).toMatchObject({
      features: 3,
      activation: ["relu", "tanh"],
    });
  });

  it("is a spec with every number said", () => {
    const spec = specOf(choices, setup, "loss = 1");
    expect(spec).toMatchObject({
      program: "loss = 1",
      data: { name: "spiral", classes: 3, samples: 600, noise: 0.2, seed: 0 },
      optimizer: { name: "adam", learning_rate: setup.learning.rate, momentum: 0.9 },
      batch_size: 32,
      features: ["x", "y"],
      clip: null,
      stop: null,
    });
    const learning = { ...setup.learning, clip: "norm", stop: "train_loss", stopWhen: "at_most" };
    expect(specOf(choices, { ...setup, learning }, "")).toMatchObject({
      clip: { by: "norm", limit: 1 },
      stop: { metric: "train_loss", when: "at_most", value: 0 },
    });
  });

  it("hands in points of one's own in place of a data set's numbers", () => {
    const own = { x: [0, 1, 0.5], y: [1, 0, 0.5], label: [0, 1, 1], heldOut: [] };
    const { heldOut: _, ...sent } = own;
    const data = dataOfOwn(own, setup.data);
    expect(data).toMatchObject({ name: "own", classes: 2, samples: 3 });
    expect(dataRequest(data)).toEqual({ name: "own", seed: 0, validation_share: 0.25, own: { ...sent, held_out: [] } });
  });

  it("gives data a loss that they can have", () => {
    const two = { ...setup.data, classes: 2 };
    expect(lossesFor(choices, setup.data)).not.toContain("logistic");
    expect(lossesFor(choices, two)).toContain("logistic");
    const logistic = { ...setup.network, loss: "logistic" };
    expect(fittingLoss(choices, logistic, two)).toBe(logistic);
    expect(fittingLoss(choices, logistic, setup.data).loss).toBe("cross_entropy");
    const squared = { ...setup.network, loss: "squared" };
    expect(fittingLoss(choices, squared, two)).toBe(squared);
  });
});
