import { afterEach, expect, it, vi } from "vitest";
import { Csv } from "./csv.svelte";

interface Asked {
  text: string;
  scale: boolean;
  answer: (own: { x: number[]; y: number[]; label: number[] }) => void;
}

/** A server that answers when told to. */
function listening(): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", (_: unknown, { body }: RequestInit) => {
    const { text, scale } = JSON.parse(body as string) as { text: string; scale: boolean };
    return new Promise<Response>((resolve) => {
      const answer: Asked["answer"] = (own) =>
        resolve(new Response(JSON.stringify({ own }), { headers: { "Content-Type": "application/json" } }));
      asked.push({ text, scale, answer });
    });
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

it("hands over the points of the text as it stands, and none while it is still read", async () => {
  const asked = listening();
  const csv = new Csv();
  csv.take("first");
  expect(csv.own).toBeNull();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]!.answer({ x: [1], y: [2], label: [0] });
  await vi.waitFor(() => expect(csv.own?.x).toEqual([1]));
  csv.take("second");
  expect(csv.own).toBeNull();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]!.answer({ x: [3], y: [4], label: [1] });
  await vi.waitFor(() => expect(csv.own?.x).toEqual([3]));
  csv.scale = false;
  expect(csv.own).toBeNull();
});
