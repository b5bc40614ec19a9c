import { expect, it } from "vitest";
import { fingerprint } from "./fingerprint";

it("is the same for the same bytes and another for others", () => {
  const bytes = Uint8Array.from({ length: 500 }, (_, index) => index % 251);
  const changed = bytes.slice();
  changed[400] = 9;
  expect(fingerprint(bytes)).toMatch(/^[0-9a-f]{6}$/);
  expect(fingerprint(bytes.slice())).toBe(fingerprint(bytes));
  expect(fingerprint(changed)).not.toBe(fingerprint(bytes));
});
