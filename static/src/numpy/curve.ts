/** The loss over the iterations, on a logarithmic axis where all of it is positive. */
import { pathThrough, place, type Frame } from "../graph/hands/plot";

export interface Tick {
  y: number;
  value: number;
}

export interface Drawn {
  /** The part that has been reached, and the part that lies ahead of the present step. */
  past: string;
  ahead: string;
  ticks: readonly Tick[];
  now: { x: number; y: number } | null;
}

/** More points than there are pixels say nothing. */
const MOST = 400;

export function drawCurve(
  losses: readonly number[],
  rounds: number,
  times: number,
  { width, height }: Pick<Frame, "width" | "height">,
): Drawn | null {
  const finite = losses.filter(Number.isFinite);
  if (finite.length === 0) return null;
  const logarithmic = finite.every((loss) => loss > 0);
  const raised = (loss: number) => (logarithmic ? Math.log10(loss) : loss);
  const [low, high] = bounds(finite.map(raised), logarithmic);
  const frame: Frame = { width, height, x: [0, Math.max(1, times - 1)], y: [low, high] };
  const every = Math.max(1, Math.ceil(losses.length / MOST));
  const points = losses
    .map((loss, x) => ({ x, y: raised(loss) }))
    .filter(({ x }) => x % every === 0 || x === rounds - 1 || x === losses.length - 1);
  const last = losses[rounds - 1];
  return {
    past: pathThrough(
      frame,
      points.filter(({ x }) => x < rounds),
    ),
    ahead: pathThrough(
      frame,
      points.filter(({ x }) => x >= rounds - 1),
    ),
    ticks: ticksOf(low, high, logarithmic).map(({ at, value }) => ({
      y: place(frame, { x: 0, y: at }).y,
      value,
    })),
    now:
      last !== undefined && Number.isFinite(last) ? place(frame, { x: rounds - 1, y: raised(last) }) : null,
  };
}

function bounds(numbers: readonly number[], logarithmic: boolean): [number, number] {
  const low = numbers.reduce((a, b) => Math.min(a, b));
  const high = numbers.reduce((a, b) => Math.max(a, b));
  // whole decades, so that the axis stands still while the curve falls through one
  if (logarithmic) return [Math.min(Math.floor(low), Math.ceil(high) - 1), Math.ceil(high)];
  return high > low ? [low, high] : [low - 1, high + 1];
}

function ticksOf(low: number, high: number, logarithmic: boolean): { at: number; value: number }[] {
  if (!logarithmic) return [low, high].map((at) => ({ at, value: at }));
  const every = Math.ceil((high - low) / 5);
  return Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => {
    const at = low + i * every;
    return { at, value: 10 ** at };
  });
}
