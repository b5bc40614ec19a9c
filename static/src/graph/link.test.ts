import { describe, expect, it } from "vitest";
import { readLink, writeLink } from "./link";
import { PLAIN } from "./view";

describe("links", () => {
  it("restores program, inputs and step", () => {
    const lesson = { source: "f = x @ y # 100 % & more", inputs: { x: [1, 2] }, upstream: [1, -1], step: 3, view: { ...PLAIN, copies: true } };
    expect(readLink(writeLink(lesson))).toEqual({ lesson, example: null, notice: null });
  });

  it("leaves out what is not there", () => {
    const link = writeLink({ source: "x*x", inputs: {}, upstream: null, step: null, view: PLAIN });
    expect(link).toBe("?v=1&source=x*x");
    expect(readLink("?example=lecture").example).toBe("lecture");
    expect(readLink("").lesson).toBeNull();
  });

  it("opens a mangled link with a notice, never with nothing", () => {
    const link = readLink("?source=x&inputs={oops&step=-2");
    expect(link.lesson).toEqual({ source: "x", inputs: {}, upstream: null, step: null, view: PLAIN });
    expect(link.notice).toContain("values could not be read");
    expect(link.notice).toContain("step could not be read");
    expect(readLink('?source=x&inputs={"x":"1"}').notice).toContain("values");
    expect(readLink("?v=7&source=x").notice).toContain("newer version");
  });
});
