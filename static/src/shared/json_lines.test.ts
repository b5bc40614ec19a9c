import { expect, it } from "vitest";
import { jsonLines } from "./json_lines";

function stream(...pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

async function all(source: AsyncGenerator<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const line of source) found.push(line);
  return found;
}

it("reads lines that come in pieces, cut inside of a letter even", async () => {
  const bytes = new TextEncoder().encode('{"a":"\u03bb"}\n[1,2]\n\n3');
  const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
  expect(await all(jsonLines(stream(...pieces)))).toEqual([{ a: "\u03bb" }, [1, 2], 3]);
});

it("fails on a line that breaks off", async () => {
  await expect(all(jsonLines(stream(new TextEncoder().encode('1\n{"a":'))))).rejects.toThrow(SyntaxError);
});

it("closes the connection when nobody reads on", async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("1\n")),
    cancel: () => void (cancelled = true),
  });
  for await (const line of jsonLines(endless)) if (line === 1) break;
  expect(cancelled).toBe(true);
});
