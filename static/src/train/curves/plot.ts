/** A uPlot chart in the page's own ink. */
import uPlot from "uplot";
import { resolvedColour } from "../../shared/theme";
import type { Series } from "./series";
import { shortStep } from "./steps";

/** How a line is drawn. */
export type Drawn = Pick<Series, "ink" | "light" | "dashed">;

export interface PlotOptions {
  series: readonly Drawn[];
  width: number;
  height: number;
  /** The range of the vertical axis for the data it has to show. */
  range: (lowest: number, highest: number) => [number, number];
  label: (value: number) => string;
  /** The index of the row under the pointer, null when it is elsewhere. */
  onhover: (index: number | null) => void;
}

const FONT = "11px 'Inter Variable', system-ui, sans-serif";

export function makePlot(host: HTMLElement, options: PlotOptions): uPlot {
  const ink = resolvedColour("--ink-faint");
  const grid = { stroke: resolvedColour("--line"), width: 1 };
  const axis = { stroke: ink, font: FONT, grid, ticks: { show: false }, gap: 4 };
  return new uPlot(
    {
      width: options.width,
      height: options.height,
      padding: [6, 18, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 6 } },
      scales: {
        x: {
          time: false,
          range: (_, lowest, highest) => [lowest ?? 0, Math.max(highest ?? 0, (lowest ?? 0) + 1)],
        },
        y: { range: (_, lowest, highest) => options.range(lowest ?? 0, highest ?? 1) },
      },
      axes: [
        {
          ...axis,
          size: 22,
          space: 60,
          values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? shortStep(tick) : "")),
        },
        { ...axis, size: 38, space: 26, values: (_, ticks) => ticks.map(options.label) },
      ],
      series: [{}, ...options.series.map(drawn)],
      hooks: { setCursor: [(plot) => options.onhover(plot.cursor.idx ?? null)] },
    },
    [[], ...options.series.map(() => [])] as unknown as uPlot.AlignedData,
    host,
  );
}

function drawn({ ink, light = false, dashed = false }: Drawn): uPlot.Series {
  return {
    stroke: withAlpha(resolvedColour(ink), light ? 0.38 : 1),
    width: light || dashed ? 1.25 : 2,
    ...(dashed && { dash: [4, 3] }),
    points: { show: false },
    spanGaps: false,
  };
}

function withAlpha(colour: string, alpha: number): string {
  return alpha === 1 ? colour : `color-mix(in srgb, ${colour} ${alpha * 100}%, transparent)`;
}
