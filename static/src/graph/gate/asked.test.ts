import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ConnectionLost, plainProblem, ProblemError } from "../../shared/problem";
import { Asked } from "./asked.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("of questions that follow each other quickly the newest is asked", async () => {
  const run = vi.fn((question: number) => Promise.resolve(question * 2));
  const asked = new Asked<number, number>(run);
  for (const question of [1, 2, 3]) asked.ask(question);
  await vi.runAllTimersAsync();
  expect(run).toHaveBeenCalledOnce();
  expect(asked.answered).toEqual({ question: 3, answer: 6 });
});

test("nothing is asked once what asked is gone", async () => {
  const run = vi.fn((question: number) => Promise.resolve(question));
  const asked = new Asked<number, number>(run);
  asked.ask(1);
  asked.stop();
  await vi.runAllTimersAsync();
  expect(run).not.toHaveBeenCalled();
});

test("a problem is kept until the next answer", async () => {
  const problem = plainProblem(422, "no");
  const run = vi.fn((question: number) => Promise.resolve(question));
  run.mockRejectedValueOnce(new ProblemError(problem));
  const asked = new Asked<number, number>(run);
  asked.ask(1);
  await vi.runAllTimersAsync();
  expect(asked.problem).toEqual(problem);
  asked.ask(2);
  await vi.runAllTimersAsync();
  expect(asked.problem).toBeNull();
});

test("a busy server is asked again, one that is away is left to the page", async () => {
  const run = vi
    .fn<(question: number) => Promise<number>>()
    .mockRejectedValueOnce(new ProblemError(plainProblem(429, "slow down"), 1))
    .mockResolvedValueOnce(7)
    .mockRejectedValueOnce(new ConnectionLost());
  const asked = new Asked<number, number>(run);
  asked.ask(1);
  await vi.runAllTimersAsync();
  expect(asked.answered?.answer).toBe(7);
  asked.ask(2);
  await vi.runAllTimersAsync();
  expect(asked.problem).toBeNull();
  expect(run).toHaveBeenCalledTimes(3);
});
