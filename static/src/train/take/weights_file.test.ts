import { expect, test } from "vitest";
import { readFile } from "./weights_file";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a file is its program, its features, its step and its parameters", async () => {
  const parameters = [{ name: "W", shape: [1], values: [2] }];
  const file = { version: 1, program: "scores = X @ W", features: ["x"], step: 3, accuracy: {}, parameters };
  expect(await readFile(bytes(JSON.stringify(file)))).toEqual({
    program: "scores = X @ W",
    features: ["x"],
    step: 3,
    parameters,
  });
});

test("anything else is none", async () => {
  for (const text of ["", "null", "[1]", "{}", '{"program": "f"}', '{"program": 1, "parameters": []}', "PK\u0003\u0004"])
    expect(await readFile(bytes(text))).toBeNull();
});
