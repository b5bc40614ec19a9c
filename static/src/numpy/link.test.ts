import { expect, test } from "vitest";
import { readLink, writeLink, type Entry } from "./link";

const setting = (name: string, value: number) => ({ name, doc: "", low: 0, high: 9, whole: true, value });
const entries: Entry[] = [
  { name: "first", title: "", doc: "", source: "", settings: [setting("N", 64), setting("seed", 0)] },
  { name: "second", title: "", doc: "", source: "", settings: [setting("N", 5)] },
];

test("an address keeps the listing, the numbers that were changed and the step", () => {
  const lesson = { entry: entries[0]!, values: { N: 32, seed: 0 }, step: 17 };
  expect(writeLink(lesson)).toBe("?listing=first&N=32&step=17");
  expect(readLink(writeLink(lesson), entries)).toEqual(lesson);
});

test("what cannot be read is left out", () => {
  expect(readLink("?listing=third&N=many&step=-1", entries)).toEqual({
    entry: entries[0],
    values: { N: 64, seed: 0 },
    step: 0,
  });
  expect(readLink("", [])).toBeNull();
});
