/** A text to try: the first ten of each species in Fisher (1936), "The use of multiple measurements in taxonomic problems". */
const SPECIES: Record<string, string> = {
  setosa: "1.4 0.2, 1.4 0.2, 1.3 0.2, 1.5 0.2, 1.4 0.2, 1.7 0.4, 1.4 0.3, 1.5 0.2, 1.4 0.2, 1.5 0.1",
  versicolor: "4.7 1.4, 4.5 1.5, 4.9 1.5, 4.0 1.3, 4.6 1.5, 4.5 1.3, 4.7 1.6, 3.3 1.0, 4.6 1.3, 3.9 1.4",
  virginica: "6.0 2.5, 5.1 1.9, 5.9 2.1, 5.6 1.8, 5.8 2.2, 6.6 2.1, 4.5 1.7, 6.3 1.8, 5.8 1.8, 6.1 2.5",
};

export const SAMPLE = [
  "petal length,petal width,species",
  ...Object.entries(SPECIES).flatMap(([name, sizes]) =>
    sizes.split(", ").map((size) => `${size.replace(" ", ",")},${name}`),
  ),
].join("\n");

/** Where a line of a text, counted from 1, begins and ends. */
export function lineSpan(text: string, line: number): readonly [number, number] {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [start, start + (lines[line - 1]?.length ?? 0)];
}
