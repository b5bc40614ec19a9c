import { expect, test } from "vitest";
import { toBase64Url } from "../live/base64";
import { hasWeights, readWeights, writeWeights } from "./weights_link";

test("what is written is read back byte for byte", async () => {
  const state = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 251);
  const hash = await writeWeights(state);
  expect(hash).toMatch(/^#state=[\w-]+$/);
  expect(hash.length).toBeLessThan(5000);
  expect(hasWeights(hash)).toBe(true);
  expect(await readWeights(hash)).toEqual(state);
});

test("what is cut short, mangled or empty is no state", async () => {
  const hash = await writeWeights(Uint8Array.from({ length: 999 }, (_, i) => (i * 7919) % 256));
  for (const text of [hash.slice(0, -40), "#state=", "#state=AAAA", "#state=\u20ac", hash.replace("=", "=A")])
    expect(await readWeights(text)).toBeNull();
  expect(hasWeights("#somewhere")).toBe(false);
});

test("what would unfold to more than any state is refused", async () => {
  expect(await readWeights(await writeWeights(new Uint8Array(4 * 2 ** 20)))).toBeNull();
});

test("an address holds no sign that would be escaped in it", () => {
  expect(toBase64Url(new Uint8Array([251, 255, 254]))).toBe("-__-");
});
