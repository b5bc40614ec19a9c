/** The curves as a CSV text: a row for every step kept. */
import { COLUMNS, type History } from "../curves/history";

export function historyCsv(history: History): string {
  const rows = [COLUMNS.join(",")];
  for (let index = 0; index < history.length; index += 1)
    rows.push(COLUMNS.map((name) => String(history.column(name)[index] ?? "")).join(","));
  return `${rows.join("\n")}\n`;
}
