/** A uPlot chart in the page's own ink. */
import uPlot from "uplot";
import { resolvedColour } from "../../shared/theme";
import { nearest, type Line } from "./lines";
import { shortStep } from "./steps";

export interface PlotOptions {
  lines: readonly Line[];
  width: number;
  height: number;
  /** The range of the vertical axis for the data it has to show. */
  range: (lowest: number, highest: number) => [number, number];
  label: (value: number) => string;
  logarithmic: boolean;
  /** The step under the pointer and where it stands in the chart, null when the pointer is elsewhere. */
  onhover: (at: Pointed | null) => void;
}

export interface Pointed {
  step: number;
  /** From the chart's left edge, and how wide the chart is. */
  left: number;
  width: number;
}

const FONT = "11px 'Inter Variable', system-ui, sans-serif";
const AXIS = 38;
/** uPlot's own name for a logarithmic scale. */
const LOGARITHMIC = 3;

export function makePlot(host: HTMLElement, options: PlotOptions): uPlot {
  const ink = resolvedColour("--ink-faint");
  const grid = { stroke: resolvedColour("--line"), width: 1 };
  const axis = { stroke: ink, font: FONT, grid, ticks: { show: false }, gap: 4 };
  const label = (tick: number | null) => (tick === null ? "" : options.label(tick));
  return new uPlot(
    {
      width: options.width,
      height: options.height,
      padding: [6, 18, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false, setScale: false },
        points: { size: 6 },
        dataIdx: (plot, line, index) => nearest(plot.data[line] ?? [], index) ?? index,
      },
      scales: {
        x: {
          time: false,
          range: (_, lowest, highest) => [lowest ?? 0, Math.max(highest ?? 0, (lowest ?? 0) + 1)],
        },
        y: {
          distr: options.logarithmic ? LOGARITHMIC : 1,
          range: (_, lowest, highest) => options.range(lowest ?? 0, highest ?? 1),
        },
      },
      axes: [
        {
          ...axis,
          size: 22,
          space: 60,
          values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? shortStep(tick) : "")),
        },
        { ...axis, size: AXIS, space: options.logarithmic ? 14 : 26, values: (_, ticks) => ticks.map(label) },
      ],
      series: [{}, ...options.lines.map(drawn)],
      hooks: { setCursor: [(plot) => options.onhover(pointed(plot))] },
    },
    [[], ...options.lines.map(() => [])] as unknown as uPlot.AlignedData,
    host,
  );
}

function pointed(plot: uPlot): Pointed | null {
  const step = plot.data[0][plot.cursor.idx ?? -1];
  if (step === undefined) return null;
  return { step, left: AXIS + plot.valToPos(step, "x"), width: plot.width };
}

function drawn({ ink, opacity, width, dash }: Line): uPlot.Series {
  return {
    stroke: withAlpha(resolvedColour(ink), opacity),
    width,
    dash: [...dash],
    points: { show: false },
    spanGaps: false,
  };
}

function withAlpha(colour: string, alpha: number): string {
  return alpha === 1 ? colour : `color-mix(in srgb, ${colour} ${alpha * 100}%, transparent)`;
}
