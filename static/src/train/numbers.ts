/** Numbers that change thirty times a second: their decimals stay the same, so that they can be read. */
/** 97.3 %; a dash when the program has no scores. */
export function percent(share: number | null): string {
  return share === null ? "\u2013" : `${(100 * share).toFixed(1)}\u2009%`;
}

/** A loss with as many decimals as leave four digits, NaN and infinity said as they are. */
export function loss(value: number | null): string {
  if (value === null) return "\u2013";
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : "\u2212\u221e";
  const size = Math.abs(value);
  if (size >= 10_000) return value.toExponential(2).replace("e+", "e");
  return value.toFixed(size < 10 ? 4 : size < 100 ? 3 : size < 1000 ? 2 : 1);
}

/** 12,345. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}
