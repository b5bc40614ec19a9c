/** Lessons one click away: settings known to work, and settings known to fail and why; each a row of the lecture. */

export interface Preset {
  id: string;
  /** The lecture's row. */
  row: string;
  title: string;
  /** What there is to see. */
  look: string;
  /** Whether it fails, on purpose. */
  fails?: true;
  /** The link's own words, so that a preset is a link and nothing else. */
  query: string;
}

export const PRESETS: readonly Preset[] = [
  {
    id: "one-update",
    row: "L5",
    title: "One update, step by step",
    look: "one minibatch forward, its loss, the gradient back, and the step of every weight, number by number",
    query: "data=spiral&classes=3&hidden=4&bench=update",
  },
  {
    id: "spiral",
    row: "L17",
    title: "A spiral learnt by a 3-layer net",
    look: "two hidden layers of 16 ReLU units bend the border around three arms",
    query: "data=spiral&classes=3",
  },
  {
    id: "hinge",
    row: "L12",
    title: "Hinge loss in place of softmax",
    look: "the same net under the SVM loss: it is content once each score leads by the margin",
    query: "data=spiral&classes=3&loss=hinge",
  },
  {
    id: "sgd-schedule",
    row: "L13",
    title: "SGD whose rate decays",
    look: "plain SGD with a cosine schedule: watch the loss calm down as the rate falls",
    query: "data=spiral&classes=3&optimizer=sgd&rate=0.5&schedule=cosine&schedule_epochs=150&hidden=32-32",
  },
  {
    id: "rate-too-high",
    row: "L13",
    title: "A learning rate too high",
    look: "parameters run away in a few updates; the page says which and why",
    fails: true,
    query: "data=spiral&classes=3&optimizer=sgd&rate=10&regularization=1",
  },
  {
    id: "full-batch",
    row: "L15",
    title: "Minibatches against the full set",
    look: "4,096 points in batches of 32: noisy steps; raise the batch to compare",
    query: "data=circles&classes=2&samples=5462&batch=32&optimizer=sgd&rate=0.1",
  },
  {
    id: "linear-fails",
    row: "L16",
    title: "A linear classifier on circles",
    look: "one straight line cannot part an inner circle from an outer one",
    fails: true,
    query: "data=circles&classes=2&hidden=&noise=0.05",
  },
  {
    id: "polar",
    row: "L16",
    title: "The same circles in polar coordinates",
    look: "shown r and θ, the very same linear classifier parts them at once",
    query: "data=circles&classes=2&hidden=&noise=0.05&features=r%0Atheta",
  },
  {
    id: "collapse",
    row: "L18",
    title: "Layers without a nonlinearity collapse",
    look: "two linear layers are one, W3 = W1 @ W2: the borders stay straight however long it trains",
    fails: true,
    query: "data=spiral&classes=3&hidden=3&activation=linear&bench=collapse",
  },
  {
    id: "tanh",
    row: "L19",
    title: "tanh in place of ReLU",
    look: "smooth units make smooth borders; open Gradients to see how much passes",
    query: "data=spiral&classes=3&activation=tanh&bench=gradients",
  },
  {
    id: "three-units",
    row: "L21",
    title: "Three hidden units",
    look: "too few bends for three arms: raise the units to 6 and to 20",
    query: "data=spiral&classes=3&hidden=3&regularization=0.0001",
  },
  {
    id: "overfit",
    row: "L22",
    title: "A large net without a penalty overfits",
    look: "validation loss turns and rises while training loss falls; raise λ",
    fails: true,
    query: "data=moons&classes=2&samples=80&noise=0.6&hidden=64-64&regularization=0",
  },
  {
    id: "underfit",
    row: "L22",
    title: "Too strong a penalty underfits",
    look: "λ of 0.1 flattens borders that 0.01 bends and 0.001 bends more",
    fails: true,
    // five times as far out, the points need no large weights: 0.1 pulls at them without emptying them
    query: "data=spiral&classes=3&hidden=20&regularization=0.1&features=5%20*%20x%0A5%20*%20y",
  },
  {
    id: "neighbours",
    row: "L23",
    title: "Nearest neighbours beside the net",
    look: "k = 1 is as jagged as a net that overfits: drag k and both accuracies move",
    query: "data=spiral&classes=3&samples=300&noise=0.6&neighbours=1",
  },
  {
    id: "templates",
    row: "L24",
    title: "Templates of a linear classifier on digits",
    look: "ten pictures, one per class: what each score looks for in an image",
    query: "data=digits&classes=10&hidden=&rate=0.002&regularization=0.01&bench=confusion",
  },
  {
    id: "hidden-templates",
    row: "L24",
    title: "A hundred templates in a hidden layer",
    look: "parts shared by several digits; the scores put them together",
    query: "data=digits&classes=10&hidden=100&rate=0.002&regularization=0.001&bench=confusion",
  },
  {
    id: "dead",
    row: "L28",
    title: "Dead ReLUs",
    look: "steps too large throw units where no point reaches them",
    fails: true,
    query: "data=spiral&classes=3&optimizer=sgd&rate=1.5&hidden=16-16&regularization=0&bench=gradients",
  },
  {
    id: "vanishing",
    row: "L28",
    title: "A gradient that vanishes",
    look: "six sigmoid layers: each lets at most a quarter through, and the first hardly learns",
    fails: true,
    query: "data=spiral&classes=3&hidden=8-8-8-8-8-8&activation=sigmoid&bench=gradients",
  },
  {
    id: "zeros",
    row: "L28",
    title: "All weights start at 0",
    look: "all units are alike and stay alike: nothing breaks the tie",
    fails: true,
    query: "data=spiral&classes=3&init=zeros&bench=gradients",
  },
  {
    id: "regression",
    row: "L12",
    title: "A surface learnt by squared error",
    look: "values instead of classes: hills in blue, valleys in orange",
    query: "data=sine&hidden=32-32&activation=tanh&regularization=0",
  },
];
