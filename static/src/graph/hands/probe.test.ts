import { describe, expect, it } from "vitest";
import type { GraphNode, GraphRequest } from "../answer";
import { sumTimes } from "../fixtures";
import { numberOf, objectiveName, objectiveOf, setting, subjectOf } from "./probe";

const source = "x = -2\ny = 5\nz = -4\nq = x + y\nf = q * z";
const question = { source, inputs: {}, upstream: null } as unknown as GraphRequest;
const [x] = sumTimes.nodes;

function at(program: string, value: number): GraphNode {
  return { ...(x as GraphNode), value, span: [4, program.indexOf("\n")] };
}

describe("probe", () => {
  it("takes the output, or what an upstream makes of it", () => {
    expect(objectiveOf(sumTimes, null)).toBe(-12);
    expect(objectiveOf({ ...sumTimes, value: [1, 2] }, [3, -1])).toBe(1);
    expect(objectiveOf({ ...sumTimes, value: [1, 2] }, null)).toBeNull();
    expect(objectiveOf({ ...sumTimes, value: "Infinity" }, null)).toBe(Number.POSITIVE_INFINITY);
    expect(objectiveName(sumTimes, null)).toBe("f");
    expect(objectiveName(sumTimes, [1])).toBe("sum(upstream * f)");
  });

  it("reads a number and its derivative from the answer", () => {
    const subject = subjectOf(sumTimes, question, x as GraphNode, []);
    expect(subject).toMatchObject({ objective: -12, slope: -4 });
    expect(subject && numberOf(subject)).toBe(-2);
    expect(subjectOf(sumTimes, question, { ...(x as GraphNode), gradient: null }, [])).toBeNull();
  });

  it("knows a setting again when nothing but the number has moved", () => {
    const moved = source.replace("-2", "-2.75");
    const [here, there] = [
      subjectOf(sumTimes, question, at(source, -2), []),
      subjectOf(sumTimes, { ...question, source: moved }, at(moved, -2.75), []),
    ];
    expect(here && setting(here)).toBe(there && setting(there));
    const other = subjectOf(sumTimes, { ...question, source: source.replace("5", "6") }, at(source, -2), []);
    expect(here && setting(here)).not.toBe(other && setting(other));
    const given = (value: number) => {
      const subject = subjectOf(sumTimes, { ...question, inputs: { x: value } }, at(source, value), []);
      return subject && setting(subject);
    };
    expect(given(1)).toBe(given(7));
  });
});
