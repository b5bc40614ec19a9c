/** The working rule of the lecture, stage by stage: grow the net until it overfits, then regularize. */

export interface Stage {
  /** The net, in short. */
  label: string;
  title: string;
  /** What is tried here, and what to look at. */
  words: string;
  /** The net, as a link of the training page says it. */
  query: string;
}

/** Updates that each stage trains for. */
export const STAGE_UPDATES = 3000;

/** Few points and noisy ones: a large net can learn them by heart. Far out, so that a penalty bends before it empties. */
const DATA =
  "data=spiral&classes=3&noise=0.5&samples=200&held_out=0.4&rate=0.02&features=4%20*%20x%0A4%20*%20y&activation=relu";

export const GUIDE: readonly Stage[] = [
  {
    label: "2 units",
    title: "Begin small",
    words: "Two hidden units make two bends, and three arms need more. No penalty yet: \u03bb is 0. Look at both losses, not at one.",
    query: `${DATA}&hidden=2&regularization=0`,
  },
  {
    label: "4 units",
    title: "Grow: 4 units",
    words: "Twice as many. As long as validation loss falls along with training loss, the net is not too large.",
    query: `${DATA}&hidden=4&regularization=0`,
  },
  {
    label: "8 units",
    title: "Grow: 8 units",
    words: "Training loss falls close to 0. Does validation loss follow, or does it turn?",
    query: `${DATA}&hidden=8&regularization=0`,
  },
  {
    label: "32 units",
    title: "Grow until it overfits",
    words: "Every training point is right, and the border winds around single points. Now the net is large enough: stop growing, and do not shrink it.",
    query: `${DATA}&hidden=32&regularization=0`,
  },
  {
    label: "32 units, \u03bb 0.003",
    title: "Then regularize",
    words: "The same 32 units with a penalty on the size of their weights: borders become smoother, and what was learnt by heart is given up.",
    query: `${DATA}&hidden=32&regularization=0.003`,
  },
  {
    label: "32 units, \u03bb 0.03",
    title: "Too much of it",
    words: "Why does a large \u03bb underfit? The loss is data loss + \u03bb R(W): where the second outweighs the first, small weights are worth more than right answers.",
    query: `${DATA}&hidden=32&regularization=0.03`,
  },
];
