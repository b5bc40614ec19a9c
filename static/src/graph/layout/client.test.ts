import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LayoutClient } from "./client";
import type { LayoutQuestion } from "./worker";

/** A worker that answers when it is told to. */
class Lazy extends EventTarget {
  asked: LayoutQuestion[] = [];
  ended = false;

  postMessage(question: LayoutQuestion): void {
    this.asked.push(question);
  }

  terminate(): void {
    this.ended = true;
  }

  answer(): void {
    this.dispatchEvent(new MessageEvent("message", { data: new Map() }));
  }
}

function question(key: string): LayoutQuestion {
  return { boxes: [{ key, width: 10, height: 10, ordered: true }], links: [] };
}

function setUp() {
  const workers: Lazy[] = [];
  const done: string[] = [];
  const client = new LayoutClient(() => {
    workers.push(new Lazy());
    return workers.at(-1) as unknown as Worker;
  });
  const ask = (key: string) => client.ask(question(key), () => done.push(key));
  const keys = (worker: Lazy) => worker.asked.flatMap(({ boxes }) => boxes.map((box) => box.key));
  return { workers, done, client, ask, keys };
}

describe("asking for a layout", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("answers the newest question alone, and lays out none that was overtaken before its turn", () => {
    const { workers, done, ask, keys } = setUp();
    ask("a");
    ask("b");
    ask("c");
    expect(keys(workers[0]!)).toEqual(["a"]);
    workers[0]!.answer();
    expect(done).toEqual([]);
    expect(keys(workers[0]!)).toEqual(["a", "c"]);
    workers[0]!.answer();
    expect(done).toEqual(["c"]);
  });

  it("stops a layout that takes long as soon as a newer one is asked for", () => {
    const { workers, done, ask, keys } = setUp();
    ask("large");
    vi.advanceTimersByTime(1500);
    ask("small");
    expect(workers[0]!.ended).toBe(true);
    expect(keys(workers[1]!)).toEqual(["small"]);
    workers[1]!.answer();
    expect(done).toEqual(["small"]);
  });

  it("places the boxes without a worker that never answers", () => {
    const { workers, done, ask } = setUp();
    ask("stuck");
    vi.advanceTimersByTime(5000);
    expect(done).toEqual(["stuck"]);
    expect(workers[0]!.ended).toBe(true);
  });

  it("answers nothing once it is closed", () => {
    const { workers, done, client, ask } = setUp();
    ask("a");
    client.close();
    workers[0]!.answer();
    vi.advanceTimersByTime(5000);
    expect(done).toEqual([]);
  });
});
