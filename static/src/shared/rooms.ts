/** Rows of the lecture that have a page of their own, beside the examples that are programs. */
export interface Room {
  id: string;
  row: string;
  title: string;
  look: string;
  href: string;
  /** The part of the gallery that it stands in: graphs or trainings. */
  about: "graph" | "train";
  /** Paths of a picture 260 wide and 62 high, each drawn as what it is. */
  picture: readonly Stroke[];
}

export interface Stroke {
  kind: "axis" | "value" | "local" | "gradient";
  path: string;
}

export const ROOMS: readonly Room[] = [
  {
    id: "activations",
    row: "L19",
    title: "The activation zoo",
    look: "Seven activations, each with its derivative: drag the probe and see where gradients vanish, where units die, and what happens at 0.",
    href: "/activations",
    about: "graph",
    picture: [
      { kind: "axis", path: "M0 44H260M130 4V60" },
      { kind: "local", path: "M0 44H130V16H260" },
      { kind: "value", path: "M0 44H130L210 4" },
    ],
  },
];
