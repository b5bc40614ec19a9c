/** The marks of the classes: disc, square, triangle; filled when trained on, hollow when held out. */

/** A path of one mark around (0, 0) whose area equals that of a disc of radius r. */
export type Mark = (
  context: Pick<CanvasRenderingContext2D, "moveTo" | "lineTo" | "arc" | "closePath">,
  x: number,
  y: number,
  r: number,
) => void;

const disc: Mark = (context, x, y, r) => {
  context.moveTo(x + r, y);
  context.arc(x, y, r, 0, 2 * Math.PI);
};

const square: Mark = (context, x, y, r) => {
  const half = r * 0.9;
  context.moveTo(x - half, y - half);
  context.lineTo(x + half, y - half);
  context.lineTo(x + half, y + half);
  context.lineTo(x - half, y + half);
  context.closePath();
};

const triangle: Mark = (context, x, y, r) => {
  const reach = r * 1.32;
  const half = reach * 0.866;
  context.moveTo(x, y - reach);
  context.lineTo(x + half, y + reach * 0.56);
  context.lineTo(x - half, y + reach * 0.56);
  context.closePath();
};

const MARKS: readonly Mark[] = [disc, square, triangle];
export const MARK_NAMES = ["disc", "square", "triangle"] as const;

/** The mark of a class, whatever its number. */
export function markOf(label: number): Mark {
  return MARKS[label % MARKS.length] ?? disc;
}

/** The same mark as the data of an SVG path, for the legend. */
export function markPath(label: number, r: number): string {
  let path = "";
  const at = (x: number, y: number) => `${x.toFixed(2)} ${y.toFixed(2)}`;
  markOf(label)(
    {
      moveTo: (x, y) => void (path += `M${at(x, y)}`),
      lineTo: (x, y) => void (path += `L${at(x, y)}`),
      arc: (x, y, radius) =>
        void (path += `A${radius} ${radius} 0 1 1 ${at(x - radius, y)}A${radius} ${radius} 0 1 1 ${at(x + radius, y)}`),
      closePath: () => void (path += "Z"),
    },
    0,
    0,
    r,
  );
  return path;
}
