/** What a chart draws: the lines of the present run, and those of every run that was kept. */
import uPlot from "uplot";
import type { History } from "./history";
import type { KeptRun } from "./kept_run";
import { wholes, type Series } from "./series";

export interface Line {
  /** A design token. */
  ink: string;
  opacity: number;
  width: number;
  dash: readonly number[];
}

/** The dashes of a part of the present run. */
const PART: readonly number[] = [4, 3];

/** The lines in the order of `columnsOf`: the present run last, on top. */
export function linesOf(series: readonly Series[], kept: readonly KeptRun[]): Line[] {
  const older = kept.flatMap(({ look: { ink, dash } }) =>
    wholes(series).map((_, place) => ({ ink, dash, opacity: place === 0 ? 0.5 : 1, width: 1.5 })),
  );
  const present = series.map(({ ink, light = false, dashed = false }) => ({
    ink,
    opacity: light ? 0.38 : 1,
    width: light || dashed ? 1.25 : 2,
    dash: dashed ? PART : [],
  }));
  return [...older, ...present];
}

/** Steps and a column for each line, over the steps of all runs; what a logarithm has no place for is a gap. */
export function columnsOf(
  history: History,
  series: readonly Series[],
  kept: readonly KeptRun[],
  logarithmic: boolean,
): uPlot.AlignedData {
  const shown = (run: History, lines: readonly Series[]) =>
    [
      run.column("step"),
      ...lines.map(({ column }) => {
        const values = run.column(column);
        return logarithmic ? values.map((value) => (value !== null && value > 0 ? value : null)) : values;
      }),
    ] as uPlot.AlignedData;
  const present = shown(history, series);
  if (kept.length === 0) return present;
  return uPlot.join([...kept.map((run) => shown(run.history, wholes(series))), present]);
}

/** The index nearest to `index` at which a line has a value: runs are not seen at the same steps. */
export function nearest(values: ArrayLike<number | null | undefined>, index: number): number | null {
  for (let away = 0; away < values.length; away += 1)
    for (const place of [index - away, index + away]) if (values[place] != null) return place;
  return null;
}
