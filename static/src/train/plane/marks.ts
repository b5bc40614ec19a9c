/** The marks of the classes, no two alike; filled when trained on, hollow when held out. */

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

/** A mark with corners at these angles and distances, the first one straight up. */
function corners(reaches: readonly number[], turn = 0): Mark {
  return (context, x, y, r) => {
    reaches.forEach((reach, index) => {
      const angle = 2 * Math.PI * (index / reaches.length + turn);
      const [across, up] = [x + reach * r * Math.sin(angle), y - reach * r * Math.cos(angle)];
      if (index === 0) context.moveTo(across, up);
      else context.lineTo(across, up);
    });
    context.closePath();
  };
}

const MARKS: readonly Mark[] = [
  disc,
  corners([1.27, 1.27, 1.27, 1.27], 1 / 8),
  corners([1.4, 1.4, 1.4]),
  corners([1.35, 1.35, 1.35, 1.35]),
  corners([1.4, 1.4, 1.4], 1 / 2),
  corners([1.6, 0.7, 1.6, 0.7, 1.6, 0.7, 1.6, 0.7, 1.6, 0.7]),
  corners([1.2, 1.2, 1.2, 1.2, 1.2]),
  corners([1.6, 0.6, 1.6, 0.6, 1.6, 0.6, 1.6, 0.6]),
  corners([1.15, 1.15, 1.15, 1.15, 1.15, 1.15]),
  corners([1.6, 0.6, 1.6, 0.6, 1.6, 0.6, 1.6, 0.6], 1 / 8),
];

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
