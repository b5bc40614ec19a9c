import { describe, expect, it } from "vitest";
import { choices } from "./fixtures";
import { builderRequest, classChoices, dataOf, defaultSetup, specOf, withOptimizer } from "./setup";

const setup = defaultSetup(choices);

describe("the setup", () => {
  it("starts with the first data set as it begins", () => {
    expect(setup.data).toEqual({ name: "spiral", classes: 3, samples: 600, noise: 0.2, seed: 0 });
    expect(() => dataOf(choices, "moon", 0)).toThrow("moon");
  });

  it("offers classes that the plane has marks for", () => {
    expect(classChoices(choices, "spiral")).toEqual([2, 3]);
    expect(classChoices(choices, "circles")).toEqual([2, 3]);
  });

  it("lets a learning rate nobody touched follow the optimizer", () => {
    expect(withOptimizer(choices, setup.learning, "sgd")).toMatchObject({ optimizer: "sgd", rate: 0.5 });
    const touched = { ...setup.learning, rate: 0.003 };
    expect(withOptimizer(choices, touched, "sgd")).toMatchObject({ optimizer: "sgd", rate: 0.003 });
  });

  it("asks the builder for a network of the plane and the data's classes", () => {
    expect(builderRequest(setup)).toEqual({
      features: 2,
      classes: 3,
      hidden: [16, 16],
      activation: "relu",
      regularization: 0.001,
    });
  });

  it("is a spec with every number said", () => {
    expect(specOf(setup, "loss = 1")).toEqual({
      program: "loss = 1",
      data: setup.data,
      optimizer: { name: "adam", learning_rate: setup.learning.rate },
      batch_size: 32,
      seed: 0,
    });
  });
});
