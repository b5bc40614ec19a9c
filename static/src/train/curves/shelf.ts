/** Kept runs outlive a reload of the page: they lie in the tab's own storage, gone when the tab is closed. */
import { History, COLUMNS, type Row } from "./history";
import { LOOKS, type KeptRun } from "./kept_run";

const KEY = "kept-runs";
/** A run as it is stored: its look by number, its curves column by column. */
interface Stored {
  name: string;
  look: number;
  columns: (number | null)[][];
}

/** Puts the runs away; where the storage is full or refused they are kept until the page is left, as ever. */
export function store(runs: readonly KeptRun[]): void {
  const stored = runs.map(({ name, look, history }): Stored => ({
    name,
    look: LOOKS.indexOf(look),
    columns: COLUMNS.map((column) => [...history.column(column)]),
  }));
  try {
    sessionStorage.setItem(KEY, JSON.stringify(stored));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** The runs put away, none where there are none or where they cannot be read. */
export function stored(): Omit<KeptRun, "id">[] {
  try {
    const runs = JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as readonly Stored[];
    return runs.map(({ name, look, columns }) => ({ name, look: LOOKS[look] ?? LOOKS[0]!, history: historyOf(columns) }));
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError || error instanceof TypeError) return [];
    throw error;
  }
}

function historyOf(columns: readonly (readonly (number | null)[])[]): History {
  const [steps = []] = columns;
  const history = new History(Math.max(2, steps.length));
  steps.forEach((_, at) =>
    history.push(Object.fromEntries(COLUMNS.map((name, column) => [name, columns[column]?.[at] ?? null])) as Row),
  );
  return history;
}
