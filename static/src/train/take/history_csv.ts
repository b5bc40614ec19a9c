/** The curves as a CSV text: a row for every step kept, and runs kept for comparison below the present one. */
import { COLUMNS, type History } from "../curves/history";
import type { KeptRun } from "../curves/kept_run";

/** With kept runs, a first column names the run; the present one is "this run". */
export function historyCsv(history: History, kept: readonly KeptRun[] = []): string {
  if (kept.length === 0) return csv([COLUMNS.join(","), ...rows(history)]);
  const runs = [{ name: "this run", history }, ...kept];
  return csv([
    ["run", ...COLUMNS].join(","),
    ...runs.flatMap((run) => rows(run.history).map((row) => `${quoted(run.name)},${row}`)),
  ]);
}

function rows(history: History): string[] {
  return Array.from({ length: history.length }, (_, index) =>
    COLUMNS.map((name) => String(history.column(name)[index] ?? "")).join(","),
  );
}

function csv(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
