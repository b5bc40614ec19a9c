import { expect, test } from "vitest";
import { readNpz } from "./npz";

/** Written by NumPy: savez_compressed of two arrays of floats, savez of integers whose columns come first, of text, of objects. */
const COMPRESSED =
  "UEsDBC0AAAAIAAAAIQAKnACk//////////8GABQAVzEubnB5AQAQAJgAAAAAAAAAVgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy4GMGiwAxL2DAwOQNwAxAvsAVBLAwQtAAAACAAAACEA3xsoyv//////////BgAUAGIxLm5weQEAEACQAAAAAAAAAE0AAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNmoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjqaOgq1ChQALgYw+LEfQjM4AABQSwECLQMtAAAACAAAACEACpwApFYAAACYAAAABgAAAAAAAAAAAAAAgAEAAAAAVzEubnB5UEsBAi0DLQAAAAgAAAAhAN8bKMpNAAAAkAAAAAYAAAAAAAAAAAAAAIABjgAAAGIxLm5weVBLBQYAAAAAAgACAGgAAAATAQAAAAA=";
const COLUMNS =
  "UEsDBC0AAAAAAAAAIQD3O3gU//////////8FABQARi5ucHkBABAAsAAAAAAAAACwAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxpOCcsICdmb3J0cmFuX29yZGVyJzogVHJ1ZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAAAAAAAAADAAAAAAAAAAEAAAAAAAAABAAAAAAAAAACAAAAAAAAAAUAAAAAAAAAUEsDBC0AAAAAAAAAIQAMLbG0//////////8FABQAcy5ucHkBABAAhAAAAAAAAACEAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxpNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKBwAAAFBLAQItAy0AAAAAAAAAIQD3O3gUsAAAALAAAAAFAAAAAAAAAAAAAACAAQAAAABGLm5weVBLAQItAy0AAAAAAAAAIQAMLbG0hAAAAIQAAAAFAAAAAAAAAAAAAACAAecAAABzLm5weVBLBQYAAAAAAgACAGYAAACiAQAAAAA=";
const TEXT =
  "UEsDBC0AAAAAAAAAIQBUgGqX//////////8FABQAby5ucHkBABAAkAAAAAAAAACQAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxVNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgxLCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKdAAAAGUAAAB4AAAAdAAAAFBLAQItAy0AAAAAAAAAIQBUgGqXkAAAAJAAAAAFAAAAAAAAAAAAAACAAQAAAABvLm5weVBLBQYAAAAAAQABADMAAADHAAAAAAA=";
const OBJECTS =
  "UEsDBC0AAAAAAAAAIQBz6pFw//////////8FABQAby5ucHkBABAAHQEAAAAAAAAdAQAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJ3xPJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKgASVkgAAAAAAAACMFm51bXB5Ll9jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsAhZRDAWKUh5RSlChLAUsBhZRoA4wFZHR5cGWUk5SMAk84lImIh5RSlChLA4wBfJROTk5K/////0r/////Sz90lGKJXZR9lIwBYZRLAXNhdJRiLlBLAQItAy0AAAAAAAAAIQBz6pFwHQEAAB0BAAAFAAAAAAAAAAAAAACAAQAAAABvLm5weVBLBQYAAAAAAQABADMAAABUAQAAAAA=";
const bytes = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

test("arrays are read as NumPy wrote them", async () => {
  expect(await readNpz(bytes(COMPRESSED))).toEqual([
    { name: "W1", shape: [2, 3], values: [[0, 0.25, 0.5], [0.75, 1, 1.25]] },
    { name: "b1", shape: [2], values: [-1.5, 2] },
  ]);
  expect(await readNpz(bytes(COLUMNS))).toEqual([
    { name: "F", shape: [2, 3], values: [[0, 1, 2], [3, 4, 5]] },
    { name: "s", shape: [], values: 7 },
  ]);
});

test("text, objects, and what is cut short or mangled are none", async () => {
  for (const other of [TEXT, OBJECTS]) expect(await readNpz(bytes(other))).toBeNull();
  const whole = bytes(COMPRESSED);
  for (let length = 0; length < whole.length; length += 7) expect(await readNpz(whole.subarray(0, length))).toBeNull();
  for (let at = 0; at < whole.length; at += 1) {
    const broken = whole.slice();
    broken[at] = 255 - (broken[at] ?? 0);
    await readNpz(broken);
  }
});
