import { describe, expect, it } from "vitest";
import { PLAIN, type View } from "./view";
import { readView, writeView } from "./view_link";

function written(view: View): URLSearchParams {
  const parameters = new URLSearchParams();
  writeView(view, parameters);
  return parameters;
}

describe("the view in a link", () => {
  it("says nothing of a plain view", () => {
    expect(written(PLAIN).toString()).toBe("");
    expect(readView(new URLSearchParams())).toEqual({ view: PLAIN, mangled: [] });
  });

  it("comes back as it was", () => {
    const view: View = {
      lump: ["sigmoid", { name: "sum", keys: ["q", "f/0"] }],
      apart: ["tanh"],
      collapse: [],
      copies: true,
      constants: false,
      output: "q",
      seed: 7,
      check: true,
      opened: "f<0",
      beside: "code",
      code: "pytorch",
      sizes: { X: [64, 4096] },
      dtype: "float32",
    };
    expect(readView(new URLSearchParams(written(view).toString()))).toEqual({ view, mangled: [] });
  });

  it("names what it cannot read and leaves it plain", () => {
    const search = 'lump=[{"name":1}]&apart={}&copies=maybe&seed=-1&beside=moon&code=cobol&opened=q&sizes={"X":[0]}';
    const { view, mangled } = readView(new URLSearchParams(search));
    expect(mangled).toEqual(["lump", "apart", "copies", "seed", "beside", "code", "sizes"]);
    expect(view).toEqual({ ...PLAIN, opened: "q" });
  });
});
