import { describe, expect, it } from "vitest";
import { namesOf } from "./completion";

describe("completion", () => {
  it("offers the names of the program, each once, without the word being typed", () => {
    const functions = new Map([["exp", { name: "exp", signature: "exp(x)", doc: "" }]]);
    const text = "weight = 2 # not this\ny = exp(weight) * True\nf = wei";
    expect(namesOf(text, text.length, functions)).toEqual(["weight", "y", "f"]);
  });
});
