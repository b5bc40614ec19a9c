import { describe, expect, it } from "vitest";
import { isFault, readBlock, tensorOf, type Commas } from "./block";

function rowsOf(text: string, commas?: Commas): number[][] | string {
  const block = readBlock(text, commas);
  return isFault(block) ? block.fault : block.rows;
}

describe("block", () => {
  it("reads what spreadsheets, files and NumPy write", () => {
    const square = [
      [1, 2],
      [3, 4],
    ];
    for (const text of [
      "1\t2\n3\t4",
      "1\t2\r\n3\t4\r\n",
      "1;2\n3;4\n\n",
      "1, 2\n3, 4",
      "1 2\n3 4",
      " 1  2 \n 3  4 ",
      "[[1. 2.]\n [3. 4.]]",
      "[[1, 2],\n [3, 4]]",
      "1.0\t2e0\n3\t4",
    ])
      expect(rowsOf(text), text).toEqual(square);
    expect(rowsOf("1\n2\n3")).toEqual([[1], [2], [3]]);
    expect(rowsOf("1,2,3\n4,5,6")).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(rowsOf("\u22121\t+2")).toEqual([[-1, 2]]);
  });

  it("reads decimal commas and grouped thousands where the numbers tell", () => {
    expect(rowsOf("1,5\t-2,25")).toEqual([[1.5, -2.25]]);
    expect(rowsOf("1,5;2,5\n0,125;3")).toEqual([
      [1.5, 2.5],
      [0.125, 3],
    ]);
    expect(rowsOf("1,5 2,5")).toEqual([[1.5, 2.5]]);
    expect(rowsOf("1.234,5\t2")).toEqual([[1234.5, 2]]);
    expect(rowsOf("1.234\t0,5")).toEqual([[1234, 0.5]]);
    expect(rowsOf("1,234.5\t2,000")).toEqual([[1234.5, 2000]]);
    expect(rowsOf("1,234\t0.5")).toEqual([[1234, 0.5]]);
    expect(rowsOf("1,234,567\t1")).toEqual([[1234567, 1]]);
    expect(rowsOf("1\u00a0234,5\t1'000,0")).toEqual([[1234.5, 1000]]);
    expect(rowsOf("1.234\t2.5")).toEqual([[1.234, 2.5]]);
    expect(rowsOf("1,5E-03\t2")).toEqual([[0.0015, 2]]);
  });

  it("says when commas could be read in another way", () => {
    expect(readBlock("1,234\t2")).toMatchObject({ commas: "thousands", otherwise: "decimals" });
    expect(rowsOf("1,234\t2", "decimals")).toEqual([[1.234, 2]]);
    expect(readBlock("1,5\n2,5")).toMatchObject({ commas: "separators", otherwise: "decimals" });
    expect(rowsOf("1,5\n2,5", "decimals")).toEqual([[1.5], [2.5]]);
    expect(readBlock("1,5\t2")).toMatchObject({ otherwise: null });
    expect(readBlock("1\t2")).toMatchObject({ commas: null, otherwise: null });
  });

  it("says what is wrong where", () => {
    expect(rowsOf("1\t2\n3\tabc")).toBe("row 2, column 2: \u2018abc\u2019 is no finite number");
    expect(rowsOf("1\tNaN")).toBe("row 1, column 2: \u2018NaN\u2019 is no finite number");
    expect(rowsOf("1\t1e400")).toContain("row 1, column 2");
    expect(rowsOf("1.5\t2,5")).toContain("row 1, column 1");
    expect(rowsOf("1\t\n3\t4")).toBe("row 1, column 2 is empty");
    expect(rowsOf("1\n\n3")).toBe("row 2 is empty");
    expect(rowsOf("1\t2\n3")).toBe("row 2 has 1 columns where row 1 has 2: give every row as many");
    expect(rowsOf(" \n ")).toBe("there is nothing to read");
    expect(rowsOf(Array.from({ length: 1025 }, () => "1").join("\n"))).toContain("1024");
  });

  it("becomes the plainest tensor", () => {
    const tensor = (text: string) => {
      const block = readBlock(text);
      return isFault(block) ? block.fault : tensorOf(block);
    };
    expect(tensor("4")).toBe(4);
    expect(tensor("1\t2")).toEqual([1, 2]);
    expect(tensor("1\n2")).toEqual([1, 2]);
    expect(tensor("[1 2 3]")).toEqual([1, 2, 3]);
    expect(tensor("1\t2\n3\t4")).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});
