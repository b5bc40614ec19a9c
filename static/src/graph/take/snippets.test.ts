import { expect, test } from "vitest";
import { curlCall, frameMarkup, questionJson, shellQuoted } from "./snippets";

test.each([
  ["plain", "'plain'"],
  ["it's", String.raw`'it'\''s'`],
  ["''", String.raw`''\'''\'''`],
  ["a\nb $HOME `ls` \\ !x π", "'a\nb $HOME `ls` \\ !x π'"],
])("%j is one word to a shell", (text, quoted) => {
  expect(shellQuoted(text)).toBe(quoted);
});

test("a question leaves out what is so anyway", () => {
  const question = { source: "f = x'", inputs: { x: -2 }, upstream: null, lump: [], seed: 0, check: true };
  expect(JSON.parse(questionJson(question))).toEqual({ source: "f = x'", inputs: { x: -2 }, check: true });
});

test("the call names the address and carries the question", () => {
  expect(curlCall("http://example.test", { source: "x = 1" }, null)).toBe(
    "curl -s http://example.test/api/v1/graph \\\n" +
      "  -H 'Content-Type: application/json' \\\n" +
      `  -d '{"source":"x = 1"}'`,
  );
});

test("a long question is sent from a file", () => {
  expect(curlCall("http://example.test", { source: "x = 1" }, "f_question.json")).toMatch(/ -d '@f_question.json'$/);
});

test("a frame's address and title are attributes, whatever is in them", () => {
  const frame = { address: "http://a/embed/graph?v=1&source=a", title: 'a "b" <c>', width: "100%", height: "450" };
  expect(frameMarkup(frame)).toBe(
    '<iframe src="http://a/embed/graph?v=1&amp;source=a" title="a &quot;b&quot; &lt;c>"' +
      ' width="100%" height="450" loading="lazy" style="border: 0"></iframe>',
  );
});
