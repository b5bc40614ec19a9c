import { expect, test } from "vitest";
import type { Example } from "../shared/page_data";
import { openingOf } from "./opening";

function example(id: string): Example {
  const view = { lump: [], copies: false, check: false, opened: null, code: null, shapes: {}, dtype: "float64" as const };
  return { id, title: id, row: "L1", source: `${id} = 1\n`, inputs: {}, upstream: null, look: "", choice: null, view };
}
const examples = [example("first"), example("second")];

test("a program in the address comes before an example", () => {
  expect(openingOf("?source=f&example=second", examples).lesson?.source).toBe("f");
  expect(openingOf("?example=second", examples).lesson?.source).toBe("second = 1");
});

test("an opened gate is no lesson that waits", () => {
  const kept = '{"source": "kept"}';
  expect(openingOf("?source=f&opened=f<0", examples, kept).lesson).toMatchObject({ source: "f", view: { opened: "f<0" } });
  expect(openingOf("?example=second&opened=1", examples, kept).lesson?.source).toBe("second = 1");
  expect(openingOf("?opened=1", examples, kept).lesson?.source).toBe("kept");
});

test("without either the first example is opened, and an unknown one is named", () => {
  expect(openingOf("", examples)).toMatchObject({ lesson: { source: "first = 1" }, notice: null });
  expect(openingOf("?example=third", examples)).toMatchObject({
    lesson: { source: "first = 1" },
    notice: expect.stringContaining("third") as string,
  });
  expect(openingOf("", []).lesson).toBeNull();
});
