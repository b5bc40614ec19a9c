/** Comparisons one click away, each a row of the lecture: a preset is a link of this page and nothing else. */

export interface Preset {
  id: string;
  row: string;
  title: string;
  look: string;
  query: string;
  /** What a student would ask, where this answers it. */
  question?: string;
}

/** Points whose classes overlap: what is learnt by heart of one is wrong of the next. */
const NOISY_MOONS = "data=moons&classes=2&noise=0.4&samples=200&held_out=0.4";
/** Several times as far out, points need no large weights, so that a penalty bends borders before it empties them. */
const FAR_OUT = "features=6%20*%20x%0A6%20*%20y";

export const PRESETS: readonly Preset[] = [
  {
    id: "units",
    row: "L21",
    title: "3, 6 and 20 hidden units",
    look: "more units, more capacity: three leave an arm out, six reach all, twenty round the bends",
    query: "data=spiral&classes=3&hidden=20&regularization=0.0001&vary=hidden&vary_values=3,6,20",
    question: "How many neurons?",
  },
  {
    id: "lambda",
    row: "L22",
    title: "\u03bb of 0.001, 0.01 and 0.1 on a large net",
    look: "32 units each: the first learns the noise, the last is too stiff to bend, the middle one is best",
    query: `${NOISY_MOONS}&${FAR_OUT}&hidden=32&rate=0.02&vary=regularization&vary_values=0.001,0.01,0.1`,
    question: "Why does a large \u03bb underfit?",
  },
  {
    id: "decay",
    row: "L13",
    title: "SGD and Adam, with decay and without",
    look: "at a rate this high SGD only settles as the rate falls; Adam ends as well without",
    query:
      "data=spiral&classes=3&hidden=16-16&regularization=0.0001&schedule_epochs=90&vary=rule" +
      "&vary_values=sgd:1:constant,sgd:1:cosine,adam:0.01:constant,adam:0.01:cosine",
    question: "Must the learning rate decay?",
  },
  {
    id: "valley",
    row: "L14",
    title: "Optimizers down a narrow valley",
    look: "exact, two weights: SGD bounces from wall to wall, momentum rolls on, Adam turns in early; drag the start",
    query: "room=landscape&surface=ravine",
  },
  {
    id: "bent-valley",
    row: "L14",
    title: "A bent valley, all seven optimizers",
    look: "Rosenbrock's function as a regression: who follows the bend, and who crawls",
    query:
      "room=landscape&surface=banana" +
      "&racers=sgd:0.005,momentum:0.005,nesterov:0.005,rmsprop:0.02,adam:0.1,adamw:0.1,adagrad:0.5",
  },
  {
    id: "net-landscape",
    row: "L14",
    title: "The landscape of a real net",
    look: "real losses over two directions of many; each path is projected, and how much of it is seen is said",
    query: "data=spiral&classes=3&hidden=16-16&room=landscape&surface=net",
  },
  {
    id: "activation",
    row: "L30",
    title: "Which activation?",
    look: "the same net bent by ReLU, tanh, sigmoid, and by nothing at all",
    query: "data=spiral&classes=3&hidden=16-16&regularization=0.0001&vary=activation&vary_values=relu,tanh,sigmoid,linear",
    question: "Which activation?",
  },
  {
    id: "grow",
    row: "L30",
    title: "Grow until it overfits, then regularize",
    look: "a guided run: 2, 4, 8, 32 units, then the penalty, each trained live and its losses read",
    query: "room=guided",
  },
  {
    id: "sweep",
    row: "L22",
    title: "Units and \u03bb at once",
    look: "without a penalty the larger nets do worse than two units; with \u03bb of 0.01 they are as good as any",
    query: `${NOISY_MOONS}&${FAR_OUT}&rate=0.02&room=grid&vary=hidden&vary_values=2,8,32&and=regularization&and_values=0,0.001,0.01,0.1&updates=2000`,
  },
];
