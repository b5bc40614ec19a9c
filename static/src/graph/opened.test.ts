import { describe, expect, it, vi } from "vitest";
import { kept, openAsGraph } from "../shared/opened";
import { keepLesson, readOpened } from "./opened";
import { openingOf } from "./opening";
import { PLAIN } from "./view";

function storage(room = Infinity) {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if (text.length > room) throw new DOMException("full", "QuotaExceededError");
      items.set(key, text);
    },
  };
}

const lesson = { source: "f = X @ W", inputs: { X: [[1, 2]], W: [[1], [-1e-7]] }, upstream: null, step: 2, view: { ...PLAIN, copies: true, output: "f" }, about: "A minibatch." };

describe("a lesson kept for the tab", () => {
  it("is read back whole", () => {
    vi.stubGlobal("sessionStorage", storage());
    expect(keepLesson(lesson)).toBe(true);
    expect(openingOf("?opened=1", [], kept())).toEqual({ lesson, notice: null });
  });

  it("is handed over by another page, which stays where it is", () => {
    vi.stubGlobal("sessionStorage", storage());
    const open = vi.fn(() => ({}));
    vi.stubGlobal("open", open);
    const { source, inputs, about } = lesson;
    expect(openAsGraph({ source, inputs, output: "f", lump: ["sigmoid"], about })).toBe(true);
    expect(open).toHaveBeenCalledWith("/graph?opened=1");
    const view = { ...PLAIN, output: "f", lump: ["sigmoid"] };
    expect(readOpened(kept())).toEqual({ lesson: { ...lesson, step: null, view }, example: null, notice: null });
  });

  it("goes there itself where no tab may be opened, and says so where there is no room", () => {
    const assign = vi.fn();
    vi.stubGlobal("open", () => null);
    vi.stubGlobal("location", { assign });
    vi.stubGlobal("sessionStorage", storage());
    expect(openAsGraph(lesson)).toBe(true);
    expect(assign).toHaveBeenCalledOnce();
    vi.stubGlobal("sessionStorage", storage(10));
    expect(openAsGraph(lesson)).toBe(false);
    expect(assign).toHaveBeenCalledOnce();
  });

  it("that is gone, mangled or from the future opens something with a notice", () => {
    const example = { id: "first", title: "", row: "L1", source: "x = 1", inputs: {}, upstream: null, look: "", choice: null, view: null };
    for (const text of [null, "", "{", "[]", "7", "null", "{}", '{"source": 3}']) {
      const opening = openingOf("?opened=1", [example] as never, text);
      expect(opening.lesson?.source, String(text)).toBe("x = 1");
      expect(opening.notice).toContain("open it again where it came from");
    }
    const odd = readOpened('{"version": 2, "source": "f = x", "inputs": {"x": "1"}, "lump": 5, "new": [1]}');
    expect(odd.lesson).toMatchObject({ source: "f = x", inputs: {}, view: PLAIN });
    expect(odd.notice).toContain("newer version");
    expect(odd.notice).toContain("values could not be read");
    expect(odd.notice).toContain("lump");
  });
});
