import { expect, test } from "vitest";
import { readShape, writeShape } from "./sizes";

test("a shape is read as it is written, and as NumPy writes it", () => {
  expect(readShape(writeShape([64, 4096]))).toEqual([64, 4096]);
  expect(readShape("(64, 4096)")).toEqual([64, 4096]);
  expect(readShape("3")).toEqual([3]);
  expect(readShape("")).toEqual([]);
});

test("what is no shape is refused", () => {
  for (const text of ["64 × 0", "1.5", "rows", "1 1 1 1 1", "-2", "99999999999"])
    expect(readShape(text)).toBeNull();
});
