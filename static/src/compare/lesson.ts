/** What the page compares, as its address says it: the words of a training's link, and what is changed. */
import type { Choices } from "../train/setup/choices";
import { readLink, writeLink } from "../train/setup/link";
import type { Setup } from "../train/setup/setup";
import { PLAIN_VIEW } from "../train/setup/view";
import { axesFor, axisOf, usualValues, type Axis } from "./axes/axes";
import { readSurvey, writeSurvey, type Survey } from "./landscape/survey";

/** The ways of comparing. */
export type Room = "side" | "grid" | "guided" | "landscape";
export const ROOMS: readonly Room[] = ["side", "grid", "guided", "landscape"];

/** What one chart shows of all nets. */
export type Chart = "validation" | "training" | "accuracy";
export const CHARTS: readonly Chart[] = ["validation", "training", "accuracy"];

/** One thing changed, and the values it takes. */
export interface Varied {
  axis: Axis;
  values: readonly string[];
}

export interface Comparison {
  room: Room;
  /** What is the same for all. */
  setup: Setup;
  /** Null when the layer builder writes each net's own. */
  program: string | null;
  /** Side by side, and the rows of a grid. */
  varied: Varied;
  /** The columns of a grid. */
  second: Varied;
  /** Updates that the nets of a grid make. */
  updates: number;
  /** Updates a second side by side; null is no limit. */
  pace: number | null;
  /** What the chart of all nets shows, and whether its losses stand on a logarithmic scale. */
  chart: Chart;
  logarithmic: boolean;
  /** The stage that the guided run has come to. */
  stage: number;
  survey: Survey;
}

export const FEWEST_VALUES = 2;
/** Side by side they have to be seen at one glance. */
export const MOST_SIDE = 6;
export const MOST_GRID = 6;
export const PACES: readonly (number | null)[] = [25, 100, 500, 2500, null];
export const USUAL_PACE = 500;
export const UPDATES: readonly number[] = [200, 500, 1000, 2000, 5000];
const USUAL_UPDATES = 1000;
const MOST_UPDATES = 100_000;
const SEPARATOR = ",";

export function writeComparison(comparison: Comparison): string {
  const { room, setup, program, varied, second, updates, pace, chart, logarithmic, stage, survey } = comparison;
  const parameters = new URLSearchParams(writeLink({ setup, program, speed: null, view: PLAIN_VIEW }));
  if (room !== "side") parameters.set("room", room);
  writeVaried(parameters, "vary", varied);
  if (room === "grid") {
    writeVaried(parameters, "and", second);
    parameters.set("updates", String(updates));
  }
  if (pace !== USUAL_PACE) parameters.set("pace", String(pace));
  if (chart !== CHARTS[0]) parameters.set("chart", chart);
  if (logarithmic) parameters.set("powers", "1");
  if (room === "guided" && stage > 0) parameters.set("stage", String(stage));
  if (room === "landscape") writeSurvey(survey, parameters);
  // what a query may hold as it is stays readable
  return `?${String(parameters).replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}

function writeVaried(parameters: URLSearchParams, key: string, { axis, values }: Varied): void {
  parameters.set(key, axis.id);
  parameters.set(`${key}_values`, values.join(SEPARATOR));
}

/** The comparison of an address, and in words what of it could not be read: there the usual stands. */
export function readComparison(search: string, choices: Choices): { comparison: Comparison; notice: string | null } {
  const parameters = new URLSearchParams(search);
  const { lesson, notice } = readLink(search, choices);
  const { setup, program } = lesson;
  const mangled: string[] = [];

  function oneOf<T>(key: string, allowed: readonly T[], otherwise: T): T {
    const text = parameters.get(key);
    const found = allowed.find((value) => String(value) === text);
    if (text !== null && found === undefined) mangled.push(key);
    return found === undefined ? otherwise : found;
  }

  function varied(key: string, otherwise: string, most: number): Varied {
    const allowed = axesFor(program);
    const id = parameters.get(key);
    const named = id === null ? undefined : allowed.find((axis) => axis.id === id);
    if (id !== null && !named) mangled.push(key);
    const axis = named ?? allowed.find((one) => one.id === otherwise) ?? allowed[0]!;
    const usual = usualValues(axis, setup, choices);
    const text = parameters.get(`${key}_values`);
    if (text === null || !named) return { axis, values: usual };
    const texts = text.split(SEPARATOR);
    const values = texts.flatMap((one) => {
      const made = axis.write(setup, one, choices);
      return made ? [axis.read(made)] : [];
    });
    if (values.length === texts.length && values.length <= most) return { axis, values };
    mangled.push(`${key}_values`);
    return { axis, values: values.length > 0 ? values.slice(0, most) : usual };
  }

  function count(key: string, most: number, otherwise: number): number {
    const text = parameters.get(key);
    const value = Number(text);
    if (text === null) return otherwise;
    if (/^\d+$/.test(text) && value <= most) return value;
    mangled.push(key);
    return otherwise;
  }

  const { survey, mangled: unread } = readSurvey(parameters, choices);
  const comparison: Comparison = {
    room: oneOf("room", ROOMS, "side"),
    setup,
    program,
    varied: varied("vary", program === null ? "hidden" : "rule", MOST_SIDE),
    second: varied("and", program === null ? "regularization" : "batch", MOST_GRID),
    updates: Math.max(1, count("updates", MOST_UPDATES, USUAL_UPDATES)),
    pace: oneOf("pace", PACES, USUAL_PACE),
    chart: oneOf("chart", CHARTS, "validation"),
    logarithmic: oneOf("powers", [0, 1], 0) === 1,
    stage: count("stage", 20, 0),
    survey,
  };
  mangled.push(...unread);
  const names = mangled.map((key) => `\u2018${key}\u2019`).join(", ");
  const own = mangled.length === 0 ? null : `This link could not be read whole: ${names} ${mangled.length === 1 ? "is" : "are"} as usual.`;
  return { comparison, notice: [notice, own].filter((words) => words !== null).join(" ") || null };
}

/** The query under which the training page shows what is the same for all. */
export function trainQuery({ setup, program }: Pick<Comparison, "setup" | "program">): string {
  return writeLink({ setup, program, speed: null, view: PLAIN_VIEW });
}

/** The link under which the training page shows a net with its very settings. */
export function trainLink(setup: Setup, program: string | null): string {
  return `/train${trainQuery({ setup, program })}`;
}

/** Another thing changed in place of the one before. */
export function varying(id: string, setup: Setup, choices: Choices): Varied | null {
  const axis = axisOf(id);
  return axis ? { axis, values: usualValues(axis, setup, choices) } : null;
}
