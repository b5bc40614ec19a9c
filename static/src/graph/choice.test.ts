import { describe, expect, it } from "vitest";
import type { Example } from "../shared/page_data";
import { knownFrom, optionOf, recognized, skeletonOf, withNumbers } from "./choice";

const one = "w = 0.5\nx = [1, -2]\nh = w * x\n";
const two = "w = 0.5\nx = [1, -2]\nh = w * x\nh2 = w * h\n";

function example(id: string, source: string, options: string[] = []): Example {
  const choice = options.length
    ? { name: "steps", options: options.map((option, at) => ({ label: String(at + 1), source: option })) }
    : null;
  const view = { lump: [], copies: false, check: false, opened: null, code: null, shapes: {}, dtype: "float64" as const };
  return { id, title: id, row: "L1", source, inputs: {}, upstream: null, look: "", choice, view };
}

describe("skeletonOf", () => {
  it("forgets the numbers of inputs, spaces and comments, and nothing else", () => {
    expect(skeletonOf("w = -1.5 # mine\nx=[3,4];h = w*x")).toBe(skeletonOf(one));
    expect(skeletonOf("w = 0.5\nx = [1]\nh = w * x")).not.toBe(skeletonOf(one));
    expect(skeletonOf("h = w * 2")).not.toBe(skeletonOf("h = w * 3"));
  });
});

describe("recognized", () => {
  const gallery = knownFrom([example("plain", "f = x*x"), example("chosen", one, [one, two])]);

  it("knows an example by what it computes", () => {
    expect(recognized(gallery, "f = x * x", null)?.example.id).toBe("plain");
    const found = recognized(gallery, two.replace("0.5", "7"), null);
    expect(found?.example.id).toBe("chosen");
    expect(found && optionOf(found, two.replace("0.5", "7"))).toBe(1);
    expect(found && optionOf(found, "f = 1")).toBe(-1);
    expect(recognized(gallery, "f = 1", null)).toBeNull();
  });

  it("prefers the one that is open", () => {
    const twins = knownFrom([example("a", one), example("b", one)]);
    expect(recognized(twins, one, twins[1] ?? null)?.example.id).toBe("b");
  });
});

describe("withNumbers", () => {
  it("keeps what the reader changed where name and shape are the same", () => {
    expect(withNumbers(two, one.replace("0.5", "-3").replace("[1, -2]", "[1, 9]"), one)).toBe(
      "w = -3\nx = [1, 9]\nh = w * x\nh2 = w * h\n",
    );
    expect(withNumbers(two, one.replace("[1, -2]", "[1, 9, 4]"), one)).toBe(two);
  });

  it("takes the option's own number where the reader changed nothing", () => {
    const other = two.replace("0.5", "0.25");
    expect(withNumbers(other, one, one)).toBe(other);
    // from a program beyond the options, every number is the reader's
    expect(withNumbers(other, one, null)).toBe(two);
  });
});
