import { describe, expect, it } from "vitest";
import { elementAt, pathOf, resized, shaped, writeBlock } from "./cells";
import { paste } from "./place";

const matrix = [
  [1, 2, 3],
  [4, 5, 6],
];

describe("paste", () => {
  const target = { name: "x", tensor: matrix, at: [0, 0] as const, resizable: true };

  it("replaces a block of the same shape, wherever it is pasted", () => {
    const made = paste("9\t9\t9\n8\t8\t8", { ...target, at: [1, 2] });
    expect(made).toMatchObject({
      tensor: [
        [9, 9, 9],
        [8, 8, 8],
      ],
      words: "all of x replaced",
      offers: [],
    });
  });

  it("writes a smaller block from the cell on, and offers the other shape", () => {
    expect(paste("7\t8", { ...target, at: [1, 1] })).toEqual({
      tensor: [
        [1, 2, 3],
        [4, 7, 8],
      ],
      words: "1 × 2 numbers written from x[1, 1] on",
      offers: [{ words: "Make x (1, 2) instead", tensor: [[7, 8]] }],
    });
  });

  it("takes the shape of a block that does not fit", () => {
    expect(paste("1\n2\n3", target)).toMatchObject({
      tensor: [[1], [2], [3]],
      words: "x is now (3, 1), it was (2, 3)",
    });
    expect(paste("1\n2\n3", { ...target, tensor: [0, 0] })).toMatchObject({ tensor: [1, 2, 3] });
    expect(paste("1\t2", { ...target, tensor: 5 })).toMatchObject({ tensor: [1, 2] });
  });

  it("keeps a shape that is given from elsewhere", () => {
    expect(paste("1\n2\n3", { ...target, resizable: false })).toEqual({
      fault: "3 × 1 numbers do not fit from here on: x stays (2, 3)",
    });
  });

  it("offers the other reading of commas", () => {
    const made = paste("1,5\n2,5", { ...target, tensor: [0, 0] });
    expect(made).toMatchObject({
      tensor: [
        [1, 5],
        [2, 5],
      ],
      offers: [{ words: "Read commas as decimals", tensor: [1.5, 2.5] }],
    });
  });

  it("passes on what cannot be read", () => {
    expect(paste("1\tx", target)).toEqual({ fault: "row 1, column 2: \u2018x\u2019 is no finite number" });
  });

  it("leaves the tensor it was pasted into as it was", () => {
    paste("7\t8", target);
    expect(matrix[0]).toEqual([1, 2, 3]);
  });
});

describe("cells", () => {
  it("finds elements of stacked axes", () => {
    const cube = shaped([0, 1, 2, 3, 4, 5, 6, 7], [2, 2, 2]);
    expect(cube).toEqual([
      [
        [0, 1],
        [2, 3],
      ],
      [
        [4, 5],
        [6, 7],
      ],
    ]);
    expect(pathOf([2, 2, 2], 3, 1)).toEqual([1, 1, 1]);
    expect(elementAt(cube, pathOf([2, 2, 2], 2, 1))).toBe(5);
    expect(pathOf([4], 0, 3)).toEqual([3]);
  });

  it("grows with zeros and shrinks at the end", () => {
    expect(resized([1, 2], 1, 3)).toEqual([1, 2, 0]);
    expect(resized(matrix, 1, 2)).toEqual([[1, 2]]);
    expect(resized(matrix, 3, 3)).toEqual([...matrix, [0, 0, 0]]);
  });

  it("is written with tabs", () => {
    expect(writeBlock(matrix)).toBe("1\t2\t3\n4\t5\t6");
  });
});
