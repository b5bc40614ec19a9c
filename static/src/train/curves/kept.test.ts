import { describe, expect, it } from "vitest";
import { frame } from "../live/fixtures";
import { History, rowOf } from "./history";
import { Kept, MOST_KEPT } from "./kept.svelte";

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
});
