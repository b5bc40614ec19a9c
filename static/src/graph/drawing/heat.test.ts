import { describe, expect, it } from "vitest";
import { cellsOf, levelOf, LEVELS, reduce } from "./heat";

describe("heat", () => {
  it("keeps the element of largest size of each block, with its sign", () => {
    const tensor = [
      [1, -5, 0, 0],
      [2, 3, 0, -1],
    ];
    expect(reduce(tensor, 1, 2)).toEqual([[-5, -1]]);
    expect(reduce(tensor, 2, 4)).toEqual(tensor);
  });

  it("lets no NaN disappear", () => {
    expect(reduce([[1, 100, "NaN", 2]], 1, 1)).toEqual([[NaN]]);
  });

  it("grades sizes relative to the largest", () => {
    expect(levelOf(0, 10)).toBe(0);
    expect(levelOf(10, 10)).toBe(LEVELS);
    expect(levelOf(-0.001, 10)).toBe(1);
  });

  it("draws one path per sign and level and leaves zeros empty", () => {
    const size = { rows: 1, columns: 4, cell: { width: 5, height: 5 } };
    const { paths } = cellsOf([4, -4, 0, 4], size);
    expect(paths.map(({ sign }) => sign)).toEqual(["positive", "negative"]);
    expect(paths[0]!.path.match(/M/g)).toHaveLength(2);
  });
});
