/** Which class each point is taken for, as far as the network has said. */
import type { Points } from "../live/points";
import type { Split } from "../live/protocol";

/** Of a point that no frame has told of yet. */
export const UNKNOWN = 255;

/** Whether a point is taken for another class than its own. */
export function isMistake(label: number, chosen: number | undefined): boolean {
  return chosen !== undefined && chosen !== UNKNOWN && chosen !== label;
}

/** The classes chosen for other points, some of which stand where those told of do: for a place the network answers the same. */
export function chosenFor(
  points: Split<Points>,
  told: { points: Split<Points>; chosen: Split<Uint8Array> },
): Split<Uint8Array> {
  if (points === told.points) return told.chosen;
  const known = new Map<string, number>();
  for (const part of ["train", "validation"] as const) {
    const { x, y } = told.points[part];
    told.chosen[part].forEach((chosen, index) => known.set(`${x[index]} ${y[index]}`, chosen));
  }
  const look = ({ x, y, label }: Points) =>
    label.map((_, index) => known.get(`${x[index]} ${y[index]}`) ?? UNKNOWN);
  return { train: look(points.train), validation: look(points.validation) };
}
