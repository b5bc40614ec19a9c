import { describe, expect, it } from "vitest";
import { Newest } from "./requests";

interface Call {
  question: string;
  signal: AbortSignal;
  resolve: (answer: string) => void;
  reject: (error: Error) => void;
}

function setUp() {
  const calls: Call[] = [];
  const drawn: string[] = [];
  const failures: string[] = [];
  const newest = new Newest<string, string>({
    run: (question, signal) =>
      new Promise((resolve, reject) => calls.push({ question, signal, resolve, reject })),
    answered: (question, answer) => drawn.push(`${question}: ${answer}`),
    failed: (question) => failures.push(question),
  });
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
  return { calls, drawn, failures, newest, settled };
}

describe("newest", () => {
  it("keeps one request on its way and then asks only the newest question", async () => {
    const { calls, drawn, newest, settled } = setUp();
    newest.ask("a", 0);
    newest.ask("b", 10);
    newest.ask("c", 20);
    expect(calls.map((call) => call.question)).toEqual(["a"]);
    calls[0]!.resolve("1");
    await settled();
    expect(calls.map((call) => call.question)).toEqual(["a", "c"]);
    calls[1]!.resolve("3");
    await settled();
    expect(drawn).toEqual(["a: 1", "c: 3"]);
    expect(newest.busy).toBe(false);
  });

  it("gives up a request that takes too long and never draws it", async () => {
    const { calls, drawn, newest, settled } = setUp();
    newest.ask("slow", 0);
    newest.ask("new", 1000);
    expect(calls[0]!.signal.aborted).toBe(true);
    calls[1]!.resolve("2");
    calls[0]!.resolve("1");
    await settled();
    expect(drawn).toEqual(["new: 2"]);
  });

  it("goes on after a failure", async () => {
    const { calls, drawn, failures, newest, settled } = setUp();
    newest.ask("a", 0);
    newest.ask("b", 1);
    calls[0]!.reject(new Error("no"));
    await settled();
    calls[1]!.resolve("2");
    await settled();
    expect(failures).toEqual(["a"]);
    expect(drawn).toEqual(["b: 2"]);
  });
});
