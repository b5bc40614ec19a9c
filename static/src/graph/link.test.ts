import { describe, expect, it } from "vitest";
import { addressOf, LONGEST_QUERY, queryOf, readLink, writeLink } from "./link";
import { PLAIN } from "./view";

describe("links", () => {
  it("restores program, inputs and step", () => {
    const lesson = { source: "f = x @ y # 100 % & more", inputs: { x: [1, 2] }, upstream: [1, -1], step: 3, view: { ...PLAIN, copies: true }, about: "A first lesson." };
    expect(readLink(writeLink(lesson))).toEqual({ lesson, example: null, notice: null });
  });

  it("leaves out what is not there", () => {
    const link = writeLink({ source: "x*x", inputs: {}, upstream: null, step: null, view: PLAIN, about: null });
    expect(link).toBe("?v=1&source=x*x");
    expect(readLink("?example=lecture").example).toBe("lecture");
    expect(readLink("").lesson).toBeNull();
  });

  it("opens a mangled link with a notice, never with nothing", () => {
    const link = readLink("?source=x&inputs={oops&step=-2");
    expect(link.lesson).toEqual({ source: "x", inputs: {}, upstream: null, step: null, view: PLAIN, about: null });
    expect(link.notice).toContain("values could not be read");
    expect(link.notice).toContain("step could not be read");
    expect(readLink('?source=x&inputs={"x":"1"}').notice).toContain("values");
    expect(readLink("?v=7&source=x").notice).toContain("newer version");
  });

  it("stands behind a # where it is too long to be sent to a server", () => {
    const view = { ...PLAIN };
    const inputs = { x: Array.from({ length: 4000 }, (_, i) => i / 7) };
    const short = { source: "f = x", inputs: {}, upstream: null, step: null, view, about: null };
    const long = { ...short, inputs };
    expect(addressOf("/graph", short, { theme: "dark" })).toBe("/graph?v=1&source=f+%3D+x&theme=dark");
    const address = new URL(addressOf("/embed/graph", long, { theme: "dark" }), "http://a.test");
    expect(address.search).toBe("?theme=dark");
    expect(address.hash.length).toBeGreaterThan(LONGEST_QUERY);
    for (const [lesson, own] of [[short, {}], [long, { theme: "dark" }]] as const) {
      const read = readLink(queryOf(new URL(addressOf("/graph", lesson, own), "http://a.test")));
      expect(read).toEqual({ lesson, example: null, notice: null });
    }
  });
});
