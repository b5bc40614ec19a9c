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
    id: "losses",
    row: "L12",
    title: "Softmax against hinge",
    look: "Scores 3.2, 5.1 and \u22121.7: softmax says 2.0404, the hinge 2.9. Move a score and see when either is content; then add \u03bb R(W).",
    href: "/losses",
    about: "graph",
    picture: [
      { kind: "axis", path: "M0 50H260M60 4V60" },
      { kind: "local", path: "M0 14C90 16 110 46 150 48S230 50 260 50" },
      { kind: "value", path: "M10 4L156 50H260" },
    ],
  },
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
  {
    id: "numpy",
    row: "L20",
    title: "A net in under 20 lines of NumPy",
    look: "A whole 2-layer net, trained by 19 lines: run them one by one, watch what each assigns, and see the loss fall.",
    href: "/numpy",
    about: "train",
    picture: [
      { kind: "axis", path: "M140 8V54H250M14 12H90M14 22H74M30 32H110M30 42H98M30 52H104" },
      { kind: "value", path: "M144 10C150 38 172 47 250 51" },
    ],
  },
  {
    id: "compare",
    row: "L21",
    title: "Nets side by side",
    look: "Three to six nets trained in step with one thing changed: units, \u03bb, optimizer. Or optimizers racing down one landscape.",
    href: "/compare",
    about: "train",
    picture: [
      { kind: "axis", path: "M14 5h68v52h-68zM96 5h68v52h-68zM178 5h68v52h-68z" },
      { kind: "value", path: "M20 49L76 15" },
      { kind: "value", path: "M102 45L124 41L136 19L158 15" },
      { kind: "value", path: "M184 47C198 53 200 23 210 29S218 49 226 37S228 13 240 15" },
    ],
  },
];
