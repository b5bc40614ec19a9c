import { expect, test } from "vitest";
import { readFile } from "./weights_file";

test("a file is its program, its features, its step and its parameters", () => {
  const parameters = [{ name: "W", shape: [1], values: [2] }];
  const file = { version: 1, program: "scores = X @ W", features: ["x"], step: 3, accuracy: {}, parameters };
  expect(readFile(JSON.stringify(file))).toEqual({
    program: "scores = X @ W",
    features: ["x"],
    step: 3,
    parameters,
  });
});

test("anything else is none", () => {
  for (const text of ["", "null", "[1]", "{}", '{"program": "f"}', '{"program": 1, "parameters": []}'])
    expect(readFile(text)).toBeNull();
});
