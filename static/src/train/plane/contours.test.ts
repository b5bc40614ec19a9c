import { describe, expect, it } from "vitest";
import { leadOf, Tracer } from "./contours";

type Line = [number, number][];

function trace(field: Float32Array, size: number): Line[] {
  const lines: Line[] = [];
  new Tracer(size).trace(field, {
    moveTo: (x, y) => lines.push([[x, y]]),
    lineTo: (x, y) => lines.at(-1)?.push([x, y]),
  });
  return lines;
}

function sampled(size: number, field: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, at) => field(at % size, Math.floor(at / size)));
}

describe("marching squares", () => {
  it("draw a straight border in one stroke, between the samples", () => {
    const lines = trace(
      sampled(6, (x) => x - 2.25),
      6,
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toHaveLength(6);
    for (const [x] of lines[0] ?? []) expect(x).toBeCloseTo(2.25);
  });

  it("close a circle", () => {
    const lines = trace(
      sampled(21, (x, y) => 49 - (x - 10) ** 2 - (y - 10) ** 2),
      21,
    );
    expect(lines).toHaveLength(1);
    const line = lines[0] ?? [];
    expect(line[0]).toEqual(line.at(-1));
    for (const [x, y] of line) expect(Math.hypot(x - 10, y - 10)).toBeCloseTo(7, 1);
  });

  it("draw each line once, saddles included", () => {
    const lines = trace(
      sampled(4, (x, y) => ((x + y) % 2 === 0 ? 1 : -1)),
      4,
    );
    const drawn = lines.flatMap((line) =>
      line.slice(1).map((point, at) => JSON.stringify([line[at], point].sort())),
    );
    expect(new Set(drawn).size).toBe(drawn.length);
    // two segments in each of the nine squares
    expect(drawn).toHaveLength(18);
  });

  it("draw nothing where one class has it all, and can be used again", () => {
    const tracer = new Tracer(5);
    const pen = { moveTo: () => expect.unreachable(), lineTo: () => expect.unreachable() };
    tracer.trace(new Float32Array(25).fill(1), pen);
    let strokes = 0;
    for (let times = 0; times < 2; times += 1)
      tracer.trace(
        sampled(5, (x) => x - 1.5),
        { moveTo: () => (strokes += 1), lineTo: () => undefined },
      );
    expect(strokes).toBe(2);
  });

  it("find the border of a class against all others", () => {
    const scores = [Float32Array.of(1, 0, 0), Float32Array.of(0, 2, 0), Float32Array.of(0, 0, 3)];
    const into = new Float32Array(3);
    leadOf(1, scores, into);
    expect([...into]).toEqual([-1, 2, -3]);
  });
});
