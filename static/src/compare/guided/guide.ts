/** The working rule of the lecture, stage by stage: grow the net until it overfits, then regularize. */

export interface Stage {
  label: string;
  title: string;
  words: string;
  /** The net of the stage, as a link of the training page says it. */
  query: string;
}

/** Updates that each stage trains for. */
export const STAGE_UPDATES = 3000;

const DATA = "data=moons&classes=2&noise=0.4&samples=200&held_out=0.4&activation=tanh&optimizer=adam&rate=0.01";

export const GUIDE: readonly Stage[] = [
  { label: "2 units", title: "Begin small", words: "Two units.", query: `${DATA}&hidden=2&regularization=0` },
];
