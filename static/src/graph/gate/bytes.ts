/** Amounts of memory: 1,024 bytes are a KiB. */
import { formatNumber } from "../../shared/format";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** "256 GiB", and "1e30 YiB" for what has no unit. */
export function formatBytes(bytes: number): string {
  const unit = Math.min(Math.floor(Math.log2(Math.max(1, bytes)) / 10), UNITS.length - 1);
  return `${formatNumber(bytes / 1024 ** unit)} ${UNITS[unit]}`;
}

/** "2³⁸ B" when that is exactly what it is and is shorter than the number, else null. */
export function asPower(bytes: number): string | null {
  const exponent = Math.log2(bytes);
  if (bytes < 1024 || !Number.isInteger(exponent) || 2 ** exponent !== bytes) return null;
  return `2${[...String(exponent)].map((digit) => SUPERSCRIPTS[Number(digit)]).join("")} B`;
}
