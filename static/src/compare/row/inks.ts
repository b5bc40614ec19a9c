/** The colour of each net or racer, in its frame and in the charts: none of a class, a value or a gradient. */
export const INKS: readonly string[] = Array.from({ length: 7 }, (_, index) => `--lane-${index}`);

export function inkOf(index: number): string {
  return INKS[index % INKS.length] ?? "--ink";
}
