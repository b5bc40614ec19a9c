import { expect, it } from "vitest";
import { lineSpan, SAMPLE } from "./sample";

it("has a header and ten rows of each of three species", () => {
  const rows = SAMPLE.split("\n").map((row) => row.split(","));
  expect(rows).toHaveLength(31);
  expect(rows.every((row) => row.length === 3)).toBe(true);
  expect(new Set(rows.slice(1).map((row) => row[2]))).toEqual(new Set(["setosa", "versicolor", "virginica"]));
});

it("finds a line by its number", () => {
  const text = "x,y,label\n1,2,a\n3,4,b";
  expect(text.slice(...lineSpan(text, 2))).toBe("1,2,a");
  expect(text.slice(...lineSpan(text, 3))).toBe("3,4,b");
  expect(text.slice(...lineSpan(text, 9))).toBe("");
});
