/** What the lecture says of each activation; what can be measured is measured by the engine instead. */

export interface Fact {
  op: string;
  title: string;
  /** Where it is used. */
  used: string;
}

/** In the lecture's order. */
export const ZOO: readonly Fact[] = [
  { op: "relu", title: "ReLU", used: "The default choice, in very many architectures." },
  { op: "leaky_relu", title: "Leaky ReLU", used: "Where ReLU leaves dead units behind." },
  { op: "elu", title: "ELU", used: "Where dead units and a mean far from 0 slow training down." },
  { op: "gelu", title: "GELU", used: "Transformers." },
  { op: "silu", title: "SiLU, or swish", used: "Modern convolutional nets, EfficientNet among them." },
  { op: "sigmoid", title: "Sigmoid", used: "Last layers, to make a yes or no; rarely in between." },
  { op: "tanh", title: "tanh", used: "Last layers; rarely in between." },
];
