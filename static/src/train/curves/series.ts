/** What each chart draws: a column of the history, its name, its ink. */
import type { Column } from "./history";

export interface Series {
  column: Column;
  name: string;
  /** What else has to be said of it to those who do not see its ink. */
  aside?: string;
  /** A design token. */
  ink: string;
  /** Parts of a whole are drawn lighter than the whole. */
  light?: boolean;
  dashed?: boolean;
}

/** Series that are no part of another: what is drawn of a run that was kept. */
export function wholes(series: readonly Series[]): Series[] {
  return series.filter(({ light, dashed }) => !light && !dashed);
}

export const LOSSES: readonly Series[] = [
  { column: "trainData", name: "data", aside: "training", ink: "--train", light: true },
  { column: "validationData", name: "data", aside: "validation", ink: "--validation", light: true },
  { column: "regularization", name: "regularization", ink: "--ink-faint", dashed: true },
  { column: "trainLoss", name: "training", ink: "--train" },
  { column: "validationLoss", name: "validation", ink: "--validation" },
];

export const ACCURACIES: readonly Series[] = [
  { column: "trainAccuracy", name: "training", ink: "--train" },
  { column: "validationAccuracy", name: "validation", ink: "--validation" },
];
