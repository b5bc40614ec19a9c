import { Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { visible } from "./marks";

describe("marks", () => {
  const doc = Text.of(["f = (x", "", "y"]);

  it("shows spans as they are", () => {
    expect(visible([4, 6], doc)).toEqual([4, 6]);
    expect(visible([4, 99], doc)).toEqual([4, doc.length]);
  });

  it("shows an empty span on the character beside it", () => {
    expect(visible([6, 6], doc)).toEqual([5, 6]);
    expect(visible([8, 8], doc)).toEqual([8, 9]);
    expect(visible([7, 7], doc)).toBeNull();
    expect(visible([0, 0], Text.of([""]))).toBeNull();
  });
});
