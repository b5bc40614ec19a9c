/** Rows of the lecture that have a page of their own, beside the examples that are programs. */
export interface Room {
  id: string;
  row: string;
  title: string;
  look: string;
  href: string;
}

export const ROOMS: readonly Room[] = [
  {
    id: "activations",
    row: "L19",
    title: "The activation zoo",
    look: "Seven activations, each with its derivative: drag the probe and see where gradients vanish, where units die, and what happens at 0.",
    href: "/activations",
  },
];
