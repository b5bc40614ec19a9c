import { expect, test } from "vitest";
import { lossWithin, nextRound, placesOf, roundsAt, type Loop, type Variable } from "./places";

const loop: Loop = { line: 9, first: 6, length: 10, times: 3 };

function number(name: string, value: number): Variable {
  return { name, dtype: "int", shape: null, value, statistics: null, preview: null };
}

test("each place keeps what was assigned before it and marks what was assigned last", () => {
  const places = placesOf({
    names: [number("N", 64)],
    taken: [
      { step: 3, line: 4, iteration: null, assigned: [] },
      { step: 4, line: 5, iteration: null, assigned: [number("t", 0)] },
      { step: 5, line: 6, iteration: 0, assigned: [number("t", 1), number("N", 2)] },
    ],
  });
  expect(places.map(({ names }) => [...names.values()].map(({ value }) => value))).toEqual([
    [64],
    [64, 0],
    [2, 1],
  ]);
  expect(places.map(({ fresh }) => [...fresh])).toEqual([[], ["t"], ["t", "N"]]);
});

test("a round ends where the loop's last line has run", () => {
  expect([0, 5, 6, 15, 16, 35, 36].map((step) => nextRound(step, loop, 36))).toEqual([1, 6, 16, 16, 26, 36, 36]);
  expect(nextRound(2, null, 3)).toBe(3);
});

test("a loss counts from the line that assigns it", () => {
  const source = "import\n\na\nb\n\nc\nd\n\nfor t in range(n):\n    h = 1\n    loss = h\n    W -= 1\n";
  expect(lossWithin(source, loop)).toBe(3);
  expect([5, 6, 8, 9, 16, 18, 19].map((step) => roundsAt(step, loop, 3))).toEqual([0, 0, 0, 1, 1, 1, 2]);
  expect(roundsAt(10, null, 0)).toBe(0);
});
