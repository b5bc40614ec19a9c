import { describe, expect, it } from "vitest";
import { choices } from "./fixtures";
import { readLink, writeLink, type Lesson } from "./link";
import { dataOf, dataOfOwn, defaultSetup } from "./setup";
import { PLAIN_VIEW } from "./view";

const usual = defaultSetup(choices);
const lesson: Lesson = {
  setup: {
    data: { ...dataOf(choices, "circles", 7), classes: 3, samples: 90, noise: 0.15 },
    network: { ...usual.network, hidden: [5], activations: ["tanh"], regularization: 0 },
    learning: { ...usual.learning, optimizer: "sgd", rate: 0.125, batch: 60, seed: 11 },
  },
  program: "W1 = he(2, 3)\nloss = sum(W1 ** 2) + 1 # & ? =",
  speed: 100,
  view: PLAIN_VIEW,
};

describe("the link", () => {
  it("restores everything that was chosen", () => {
    expect(readLink(writeLink(lesson), choices)).toEqual({ lesson, notice: null });
  });

  it("restores what differs from the usual, and says nothing of the rest", () => {
    const data = { ...lesson.setup.data, balance: [1, 2, 1], validationShare: 0.3, features: ["r", "sin(3 * x)"] };
    const network = { ...usual.network, hidden: [4, 3, 2], activations: ["tanh", "leaky_relu", "relu"], bias: false };
    const more = { ...network, initializer: "normal", scale: 0.5, loss: "hinge", regularizer: "elastic" };
    const learning = { ...lesson.setup.learning, schedule: "cosine", clip: "norm", stop: "train_loss", patience: 9 };
    const odd = { ...lesson, setup: { data, network: more, learning }, view: { ...PLAIN_VIEW, ground: "flat", mistakes: false, neighbours: 7, hide: ["data", "loss-kind"] } as const };
    expect(readLink(writeLink(odd), choices)).toEqual({ lesson: odd, notice: null });
    expect(writeLink(lesson)).not.toMatch(/schedule|bias|features|clip|momentum/);
  });

  it("holds points of one's own", () => {
    const own = { x: [0.5, -0.25, 1], y: [0, 0.125, -1], label: [0, 1, 0], heldOut: [] };
    const many = { x: own.x.flatMap((x) => [x, x, x, x]), y: own.y.flatMap((y) => [y, y, y, y]), label: own.label.flatMap((l) => [l, l, l, l]), heldOut: [] };
    const drawn = { ...lesson, setup: { ...lesson.setup, data: dataOfOwn(many, usual.data), learning: { ...usual.learning, batch: 4 } } };
    expect(readLink(writeLink(drawn), choices)).toEqual({ lesson: drawn, notice: null });
    const parted = { ...many, heldOut: many.label.map((_, index) => index % 4 === 3) };
    const split = { ...drawn, setup: { ...drawn.setup, data: dataOfOwn(parted, usual.data) } };
    expect(readLink(writeLink(split), choices)).toEqual({ lesson: split, notice: null });
    const label = Array.from({ length: 5001 }, (_, index) => index % 2);
    const large = { x: label, y: label, label, heldOut: [] };
    expect(writeLink({ ...drawn, setup: { ...drawn.setup, data: dataOfOwn(large, usual.data) } }).length).toBeLessThan(500);
    expect(readLink("?data=own", choices).notice).toContain("own");
    expect(readLink("?own=!!", choices).notice).toContain("own");
  });

  it("leaves out the builder's program and a speed without limit", () => {
    const link = writeLink({ ...lesson, program: null, speed: null });
    expect(link).not.toContain("program");
    expect(link).not.toContain("speed");
    expect(link).toContain("v=1");
    expect(readLink(link, choices).lesson).toMatchObject({ program: null, speed: null });
  });

  it("is the usual page when there is none", () => {
    const plain = { setup: usual, program: null, speed: null, view: PLAIN_VIEW };
    expect(readLink("", choices)).toEqual({ lesson: plain, notice: null });
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
