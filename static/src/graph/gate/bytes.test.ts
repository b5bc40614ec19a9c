import { expect, test } from "vitest";
import { asPower, formatBytes } from "./bytes";

test("bytes go up by 1,024", () => {
  expect(formatBytes(0)).toBe("0 B");
  expect(formatBytes(128)).toBe("128 B");
  expect(formatBytes(1536)).toBe("1.5 KiB");
  expect(formatBytes(2 ** 38)).toBe("256 GiB");
  expect(formatBytes(2 ** 44)).toBe("16 TiB");
});

test("a power of two is told where it is exact", () => {
  expect(asPower(2 ** 38)).toBe("2³⁸ B");
  expect(asPower(2 ** 38 + 1)).toBeNull();
  expect(asPower(256)).toBeNull();
});
