import { expect, it } from "vitest";
import { channelOf, written } from "./lines";

const element = {
  parameter: "W1",
  index: [0, 1],
  numbers: { raw: -0.5, gradient: -0.5, learning_rate: 0.1, before: 2, step: 0.05, after: 2.05 },
  symbols: {
    raw: "\\frac{\\partial L}{\\partial w}",
    gradient: "g_t",
    learning_rate: "\\eta",
    before: "w_{t-1}",
    step: "\\Delta_t",
    after: "w_t",
  },
  lines: [
    { name: "gradient", latex: "{raw}", value: -0.5 },
    { name: "step", latex: "-{learning_rate} \\cdot {gradient}", value: 0.05 },
    { name: "after", latex: "{before} + {step}", value: 2.05 },
  ],
};

it("writes each line in letters, then with the numbers and what they come to", () => {
  const plain = (latex: string) => latex.replace(/\\htmlClass\{[\w-]+\}/g, "").replace(/[{}]/g, "");
  const lines = written(element).map(({ rule, numbers }) => [plain(rule), plain(numbers)]);
  expect(lines[0]).toEqual(["g_t = \\frac\\partial L\\partial w", "-0.5"]);
  expect(lines[1]).toEqual(["\\Delta_t = -\\eta \\cdot g_t", "-0.1 \\cdot (-0.5) = 0.05"]);
  expect(lines[2]).toEqual(["w_t = w_t-1 + \\Delta_t", "2 + 0.05 = 2.05"]);
});

it("colours gradients and weights", () => {
  expect(["gradient", "after", "velocity"].map(channelOf)).toEqual(["gradient", "value", "plain"]);
  expect(written(element)[2]?.numbers).toContain("\\htmlClass{value}{2.05}");
});
