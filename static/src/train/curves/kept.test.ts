import { afterEach, describe, expect, it, vi } from "vitest";
import { frame } from "../live/fixtures";
import { History, rowOf } from "./history";
import { Kept } from "./kept.svelte";
import { MOST_KEPT } from "./kept_run";

function run(...steps: number[]): History {
  const history = new History();
  for (const step of steps) history.push(rowOf(frame(step)));
  return history;
}

describe("runs that are kept", () => {
  it("are copies that outlive a reset, no more than there are looks, each told apart", () => {
    const kept = new Kept();
    kept.keep(new History(), "nothing");
    expect(kept.runs).toHaveLength(0);
    const history = run(0, 10, 20);
    for (let turn = 0; turn < MOST_KEPT + 2; turn += 1) kept.keep(history, "lr 0.1");
    history.push(rowOf(frame(0)));
    expect(kept.full).toBe(true);
    expect(kept.runs.map(({ name }) => name).slice(0, 3)).toEqual(["lr 0.1", "lr 0.1 (2)", "lr 0.1 (3)"]);
    expect(new Set(kept.runs.map(({ look }) => look)).size).toBe(MOST_KEPT);
    expect(kept.runs[0]?.history.column("step")).toEqual([0, 10, 20]);
  });

  it("are renamed and removed, and a look that is free again is used again", () => {
    const kept = new Kept();
    kept.keep(run(0), "a");
    kept.keep(run(0), "b");
    const [first, second] = kept.runs;
    kept.rename(second?.id ?? 0, "  better  ");
    kept.rename(second?.id ?? 0, "  ");
    kept.remove(first?.id ?? 0);
    kept.keep(run(0), "c");
    expect(kept.runs.map(({ name }) => name)).toEqual(["better", "c"]);
    expect(kept.runs[1]?.look).toBe(first?.look);
  });

  describe("of a lasting list", () => {
    const shelf = new Map<string, string>();
    const storage = { getItem: (key: string) => shelf.get(key) ?? null, setItem: (key: string, text: string) => shelf.set(key, text) };
    afterEach(() => {
      shelf.clear();
      vi.unstubAllGlobals();
    });

    it("are there again after a reload, with their names, looks and curves", () => {
      vi.stubGlobal("sessionStorage", storage);
      const kept = new Kept(true);
      kept.keep(run(0, 10, 20), "a");
      kept.keep(run(0, 5), "b");
      kept.remove(kept.runs[0]?.id ?? 0);
      kept.rename(kept.runs[0]?.id ?? 0, "better");
      const again = new Kept(true);
      expect(again.runs.map(({ name, look }) => ({ name, look }))).toEqual([{ name: "better", look: kept.runs[0]?.look }]);
      expect(again.runs[0]?.history.at(5)).toEqual(kept.runs[0]?.history.at(5));
      again.keep(run(0), "c");
      expect(new Set(again.runs.map(({ id }) => id)).size).toBe(2);
      expect(new Kept().runs).toEqual([]);
    });

    it("are none where nothing can be read, and stay where nothing can be stored", () => {
      vi.stubGlobal("sessionStorage", { ...storage, setItem: () => { throw new DOMException("full", "QuotaExceededError"); } });
      for (const text of ["[", "3", '[{"name": 1}]', "null"]) {
        shelf.set("kept-runs", text);
        expect(new Kept(true).runs).toEqual([]);
      }
      const kept = new Kept(true);
      kept.keep(run(0), "a");
      expect(kept.runs).toHaveLength(1);
    });
  });
});
