/** A tensor as cells: each shows the element of largest size in its block, its sign by colour and its size by depth. */
import { toNumber, type Tensor } from "../../shared/tensor";
import { toRows } from "../../shared/tensor";

export const LEVELS = 5;

export interface Cells {
  /** One path per sign and level: few elements to draw however large the tensor. */
  paths: { sign: "positive" | "negative" | "broken"; level: number; path: string }[];
}

/** The element of largest size of each block when `tensor` is reduced to `rows` x `columns`; NaN and infinity win. */
export function reduce(tensor: Tensor, rows: number, columns: number): number[][] {
  const whole = toRows(tensor);
  const height = whole.length;
  const width = whole[0]?.length ?? 1;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      let chosen = 0;
      for (const line of whole.slice(from(row, rows, height), from(row + 1, rows, height))) {
        for (const value of line.slice(from(column, columns, width), from(column + 1, columns, width))) {
          if (!Number.isFinite(value)) return value;
          if (Math.abs(value) > Math.abs(chosen)) chosen = value;
        }
      }
      return chosen;
    }),
  );
}

function from(position: number, parts: number, length: number): number {
  return Math.floor((position * length) / parts);
}

/** Levels 0..LEVELS by size relative to the largest; 0 is not drawn. */
export function levelOf(value: number, largest: number): number {
  if (value === 0 || largest === 0) return 0;
  return Math.max(1, Math.ceil((Math.abs(value) / largest) * LEVELS));
}

export function cellsOf(
  tensor: Tensor,
  size: { rows: number; columns: number; cell: { width: number; height: number } },
): Cells {
  const values = reduce(tensor, size.rows, size.columns);
  const finite = values.flat().filter(Number.isFinite);
  const largest = Math.max(0, ...finite.map(Math.abs));
  const paths = new Map<string, Cells["paths"][number]>();
  values.forEach((line, row) =>
    line.forEach((value, column) => {
      const broken = !Number.isFinite(toNumber(value));
      const level = broken ? LEVELS : levelOf(value, largest);
      if (level === 0) return;
      const sign = broken ? "broken" : value < 0 ? "negative" : "positive";
      const key = `${sign}${level}`;
      const cell = paths.get(key) ?? { sign, level, path: "" };
      const { width, height } = size.cell;
      cell.path += `M${fixed(column * width)} ${fixed(row * height)}h${fixed(width - 0.5)}v${fixed(height - 0.5)}h${fixed(0.5 - width)}z`;
      paths.set(key, cell);
    }),
  );
  return { paths: [...paths.values()] };
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
