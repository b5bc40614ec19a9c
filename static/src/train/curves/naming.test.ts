import { describe, expect, it } from "vitest";
import { choices } from "../setup/fixtures";
import { dataOf, defaultSetup } from "../setup/setup";
import { runName } from "./naming";

const usual = defaultSetup(choices);

describe("the name of a run", () => {
  it("is its rate and its rule where all else is as usual", () => {
    expect(runName(usual, false, choices)).toBe("lr 0.01 · Adam");
    const learning = { ...usual.learning, optimizer: "sgd", rate: 0.1 };
    expect(runName({ ...usual, learning }, false, choices)).toBe("lr 0.1 · SGD");
  });

  it("says what differs, in the page's words, as far as there is room", () => {
    const network = { ...usual.network, hidden: [4], activations: ["tanh"], regularization: 0.1 };
    expect(runName({ ...usual, network }, false, choices)).toBe("lr 0.01 · Adam · 4 units · tanh · λ 0.1");
    expect(runName({ ...usual, network: { ...network, hidden: [] } }, false, choices)).toContain("no hidden layer");
    const learning = { ...usual.learning, batch: 64, momentum: 0.5, seed: 3 };
    expect(runName({ ...usual, learning }, false, choices)).toBe("lr 0.01 · Adam · batch 64 · momentum 0.5 · seed 3");
  });

  it("compares a data set with its own beginning, and names an edited program", () => {
    const data = dataOf(choices, "circles", 0);
    expect(runName({ ...usual, data }, false, choices)).toBe("lr 0.01 · Adam · Circles");
    expect(runName({ ...usual, data: { ...data, noise: 0.3 } }, true, choices)).toBe(
      "lr 0.01 · Adam · own program · Circles · noise 0.3",
    );
  });
});
