/** Reading a block of numbers as spreadsheets, files and NumPy write it: any separator, decimal points or commas. */
import { sizeOf, type Tensor } from "../../shared/tensor";
import { readNumber } from "./literals";

/** More numbers than these do not fit in a grid. */
export const MOST_NUMBERS = 1024;

/** What commas stand for in a text; some texts can be read in two ways. */
export type Commas = "separators" | "decimals" | "thousands";

export interface Block {
  rows: number[][];
  /** How the commas were read, null when there are none. */
  commas: Commas | null;
  /** The other way in which they could be read. */
  otherwise: Commas | null;
}

/** A text that is no block, and in one sentence why. */
export interface Fault {
  fault: string;
}

interface Layout {
  between: RegExp;
  /** Ways to read the commas, the likelier first. */
  readings: Commas[];
}

export function isFault(read: object): read is Fault {
  return "fault" in read;
}

/** The numbers of a text, row by row; `commas` chooses among the ways to read it. */
export function readBlock(text: string, commas?: Commas): Block | Fault {
  const lines = linesOf(text);
  if (lines.length === 0) return { fault: "there is nothing to read" };
  const { between, readings } = layoutOf(lines);
  const reading = readings.find((one) => one === commas) ?? readings[0] ?? null;
  const cells = lines.map((line) => line.split(reading === "separators" ? /,/ : between));
  const fault = faultOf(cells, reading);
  if (fault !== null) return { fault };
  const rows = cells.map((row) => row.map((cell) => readCell(cell, reading) ?? 0));
  return { rows, commas: reading, otherwise: readings.find((one) => one !== reading) ?? null };
}

/** The lines without brackets, and without the empty ones that spreadsheets leave at the end. */
function linesOf(text: string): string[] {
  const listed = text.includes("[");
  const lines = text.split(/\r\n?|\n/).map((line) =>
    listed
      ? line
          .replace(/[[\]]/g, " ")
          .trim()
          .replace(/\s*,$/, "")
      : line,
  );
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return lines.slice(0, last + 1);
}

function layoutOf(lines: readonly string[]): Layout {
  const text = lines.join("\n");
  const mark = text.includes("\t") ? /\t/ : text.includes(";") ? /;/ : null;
  const lists = lines.every((line) => /^ *\S+ *$/.test(line));
  const between = mark ?? (lists ? /$^/ : /(?<=\S) +(?=\S)/);
  if (!text.includes(",")) return { between, readings: [] };
  if (mark === null && /, /.test(text)) return { between: /,/, readings: ["separators"] };
  if (mark === null && lists) {
    const pairs = lines.length > 1 && lines.every((line) => /^ *[-+\u2212]?\d+,\d+ *$/.test(line));
    return { between, readings: pairs ? ["separators", "decimals"] : ["separators"] };
  }
  return { between, readings: numberReadings(lines.flatMap((line) => line.split(between))) };
}

/** Whether commas are decimal commas or group thousands, as far as the numbers themselves tell. */
function numberReadings(cells: readonly string[]): Commas[] {
  const grouped = /^\s*[-+\u2212]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?\s*$/;
  const withComma = cells.filter((cell) => cell.includes(","));
  if (!withComma.every((cell) => grouped.test(cell))) return ["decimals"];
  const american = (cell: string) => /,.*[,.]/.test(cell) || /^[^,]*\.(?!\d{3}\s*$)/.test(cell);
  return cells.some(american) ? ["thousands"] : ["thousands", "decimals"];
}

/** What is wrong with the first cell that holds no number, or with the first row of another length. */
function faultOf(cells: readonly string[][], reading: Commas | null): string | null {
  const width = cells[0]?.length ?? 0;
  const size = sizeOf([cells.length, width]);
  for (const [i, row] of cells.entries()) {
    if (row.length === 1 && row[0]?.trim() === "") return `row ${i + 1} is empty`;
    for (const [j, cell] of row.entries()) {
      const place = `row ${i + 1}, column ${j + 1}`;
      if (cell.trim() === "") return `${place} is empty`;
      if (readCell(cell, reading) === null) return `${place}: ${said(cell)} is no finite number`;
    }
    if (row.length !== width)
      return `row ${i + 1} has ${row.length} columns where row 1 has ${width}: give every row as many`;
  }
  return size > MOST_NUMBERS ? `${size} numbers are too many: a grid holds ${MOST_NUMBERS}` : null;
}

function said(cell: string): string {
  const text = cell.trim();
  return `\u2018${text.length > 20 ? `${text.slice(0, 20)}…` : text}\u2019`;
}

/** The number of one cell under a reading of its commas, null when it is none. */
function readCell(cell: string, reading: Commas | null): number | null {
  // Spaces that do not break and apostrophes group digits in many countries.
  const plain = cell.replace(/(?<=\d)[\u00a0\u202f'\u2019](?=\d{3})/g, "").trim();
  if (reading === "thousands") return readNumber(withoutGroups(plain, ","));
  if (reading !== "decimals") return plain.includes(",") ? null : readNumber(plain);
  const whole = withoutGroups(plain, ".");
  return whole.includes(".") ? null : readNumber(whole.replace(",", "."));
}

/** A number without the marks that group its digits in threes; as it was when the groups are not of three. */
function withoutGroups(number: string, mark: "," | "."): string {
  const groups =
    mark === ","
      ? /^([-+\u2212]?\d{1,3}(?:,\d{3})+)(?![\d,])/
      : /^([-+\u2212]?\d{1,3}(?:\.\d{3})+)(?![\d.])/;
  const whole = groups.exec(number)?.[1];
  if (whole === undefined) return mark === "," && number.includes(",") ? "" : number;
  return whole.replaceAll(mark, "") + number.slice(whole.length);
}

/** The block as a tensor: one number a scalar, one row or column a vector, else a matrix. */
export function tensorOf({ rows }: Block): Tensor {
  const [first = []] = rows;
  if (rows.length === 1) return first.length === 1 ? (first[0] ?? 0) : first;
  return first.length === 1 ? rows.flat() : rows;
}
