import { describe, expect, it } from "vitest";
import { choices } from "../train/setup/fixtures";
import { defaultSetup } from "../train/setup/setup";
import { AXES, axesFor, axisOf, usualValues, withValue } from "./axes/axes";
import { nextValue } from "./axes/next";
import { PLAIN_SURVEY } from "./landscape/survey";
import { readComparison, trainLink, writeComparison, type Comparison } from "./lesson";
import { PRESETS } from "./presets/presets";

const setup = defaultSetup(choices);
const varied = (id: string, ...values: string[]) => ({ axis: axisOf(id)!, values });

describe("the link of a comparison", () => {
  it("restores everything, room by room", () => {
    const side: Comparison = {
      room: "side",
      setup: { ...setup, learning: { ...setup.learning, seed: 4 } },
      program: null,
      varied: varied("rule", "sgd:0.5:constant", "adam:0.02:cosine"),
      second: varied("regularization", ...usualValues(axisOf("regularization")!, setup, choices)),
      updates: 1000,
      pace: null,
      chart: "training",
      logarithmic: true,
      stage: 0,
      survey: PLAIN_SURVEY,
    };
    expect(writeComparison(side)).toContain("vary_values=sgd:0.5:constant,adam:0.02:cosine");
    const survey = { surface: "banana", racers: [{ optimizer: "sgd", rate: 0.005 }], updates: 300, start: [-1.5, 2] as const, directions: "random" as const };
    for (const one of [
      side,
      { ...side, room: "grid" as const, second: varied("hidden", "2", "16-16"), updates: 500 },
      { ...side, room: "guided" as const, stage: 3 },
      { ...side, room: "landscape" as const, survey },
    ])
      expect(readComparison(writeComparison(one), choices)).toEqual({ comparison: one, notice: null });
  });

  it("says what could not be read, and is as usual there", () => {
    const { comparison, notice } = readComparison("?room=attic&vary=hidden&vary_values=3,six&updates=-1&start=1&chart=pie&powers=2", choices);
    expect(comparison).toMatchObject({ room: "side", varied: { values: ["3"] }, updates: 1000, survey: PLAIN_SURVEY });
    expect(comparison).toMatchObject({ chart: "validation", logarithmic: false });
    for (const key of ["room", "vary_values", "updates", "start", "chart", "powers"]) expect(notice).toContain(key);
    const many = readComparison("?vary=seed&vary_values=1,2,3,4,5,6,7", choices);
    expect(many.comparison.varied.values).toHaveLength(6);
    expect(many.notice).toContain("vary_values");
  });

  it("changes nothing of the network of a program written by hand", () => {
    const { comparison } = readComparison("?program=W%20%3D%20he(2%2C3)&vary=hidden&vary_values=3,6", choices);
    expect(comparison.varied.axis.id).toBe("rule");
    expect(axesFor("W = he(2, 3)").every(({ ofNetwork }) => !ofNetwork)).toBe(true);
  });

  it("opens each net on the training page with its own value", () => {
    const link = trainLink(withValue(axisOf("hidden")!, setup, "20", choices), null);
    expect(link).toMatch(/^\/train\?.*hidden=20&/);
  });
});

describe("the axes", () => {
  it("read what they write, and find a further value that none has yet", () => {
    for (const axis of AXES) {
      const values = usualValues(axis, setup, choices);
      for (const text of values) expect(axis.read(withValue(axis, setup, text, choices))).toBe(text);
      expect(axis.write(setup, "no such value", choices)).toBeUndefined();
      expect(values.slice(0, 1)).not.toContain(nextValue(axis, values.slice(0, 1), setup, choices));
    }
  });

  it("names values as a reader would", () => {
    const words = (id: string, text: string) => axisOf(id)?.label(text, choices);
    expect(words("hidden", "16-16")).toBe("16\u201316 units");
    expect(words("regularization", "0.1")).toBe("\u03bb 0.1");
    expect(words("rule", "sgd:0.5:cosine")).toBe("SGD 0.5, cosine");
  });
});

it("has presets with names of their own, each a row of the lecture", () => {
  expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
  for (const { row } of PRESETS) expect(row).toMatch(/^L\d+$/);
});
