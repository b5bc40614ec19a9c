import { describe, expect, it } from "vitest";
import { gridOf } from "./sizes";

describe("how a tensor is written on its wire", () => {
  it("is in numbers while it is small, and larger ones too where there are few gates", () => {
    const form = (shape: number[], gates?: number) => gridOf(shape, gates)?.form;
    expect([form([4]), form([2, 2])]).toEqual(["numbers", "numbers"]);
    expect([form([2, 3], 3), form([3, 4], 1)]).toEqual(["numbers", "numbers"]);
    expect([form([2, 3], 4), form([2, 5], 1), form([4, 4], 1)]).toEqual(["cells", "cells", "cells"]);
    expect(gridOf([])).toBeNull();
  });
});
