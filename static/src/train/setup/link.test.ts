import { describe, expect, it } from "vitest";
import { choices } from "./fixtures";
import { readLink, writeLink, type Lesson } from "./link";
import { defaultSetup } from "./setup";

const lesson: Lesson = {
  setup: {
    data: { name: "circles", classes: 3, samples: 90, noise: 0.15, seed: 7 },
    network: { hidden: [5], activation: "tanh", regularization: 0 },
    learning: { optimizer: "sgd", rate: 0.125, batch: 60, seed: 11 },
  },
  program: "W1 = he(2, 3)\nloss = sum(W1 ** 2) + 1 # & ? =",
  speed: 100,
};

describe("the link", () => {
  it("restores everything that was chosen", () => {
    expect(readLink(writeLink(lesson), choices)).toEqual({ lesson, notice: null });
  });

  it("leaves out the builder's program and a speed without limit", () => {
    const link = writeLink({ ...lesson, program: null, speed: null });
    expect(link).not.toContain("program");
    expect(link).not.toContain("speed");
    expect(link).toContain("v=1");
    expect(readLink(link, choices).lesson).toMatchObject({ program: null, speed: null });
  });

  it("is the usual page when there is none", () => {
    const usual = { setup: defaultSetup(choices), program: null, speed: null };
    expect(readLink("", choices)).toEqual({ lesson: usual, notice: null });
  });

  it("opens as usual where it is mangled, and says where", () => {
    const { lesson: read, notice } = readLink(
      "?v=1&data=moon&hidden=4-x&rate=fast&batch=32&speed=7",
      choices,
    );
    expect(read.setup).toEqual(defaultSetup(choices));
    for (const key of ["data", "hidden", "rate", "speed"]) expect(notice).toContain(`\u2018${key}\u2019`);
    expect(notice).not.toContain("batch");
  });

  it("keeps every number within what the others allow", () => {
    const { lesson: read, notice } = readLink("?data=circles&samples=20&batch=400", choices);
    expect(notice).toContain("batch");
    expect(read.setup.learning.batch).toBeLessThanOrEqual(16);
    const few = readLink("?data=circles&samples=20", choices).lesson.setup.learning.batch;
    expect(few).toBeLessThanOrEqual(16);
  });

  it("says when it comes from a newer version, or from none", () => {
    expect(readLink("?v=2&data=spiral", choices).notice).toContain("newer");
    expect(readLink("?v=one", choices).notice).toContain("\u2018v\u2019");
  });
});
