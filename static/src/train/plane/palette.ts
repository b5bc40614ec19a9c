/** The plane's colours as numbers, read from the design tokens: a canvas cannot read CSS. */
import { resolvedColour } from "../../shared/theme";

export type Rgb = readonly [number, number, number];

export interface Palette {
  /** One per class, repeated when there are more classes than colours. */
  classes: readonly Rgb[];
  /** What shows where no class is any surer than another. */
  paper: Rgb;
  /** The lines between classes. */
  line: Rgb;
  /** Of the largest and the smallest value, where points have values: blue and orange. */
  high: Rgb;
  low: Rgb;
  /** Of what is drawn around points that are taken for another class. */
  ink: Rgb;
  /** What parts a mark from its ground, and fills hollow ones. */
  outline: Rgb;
  dark: boolean;
}

export const CLASS_TOKENS = Array.from({ length: 10 }, (_, label) => `--class-${label}`);

export function readPalette(): Palette {
  const paper = parse(resolvedColour("--surface"));
  const dark = paper[0] + paper[1] + paper[2] < 384;
  return {
    classes: CLASS_TOKENS.map((token) => parse(resolvedColour(token))),
    paper,
    high: parse(resolvedColour("--value")),
    low: parse(resolvedColour("--gradient")),
    ink: parse(resolvedColour("--ink")),
    line: dark ? [233, 236, 241] : [255, 255, 255],
    outline: dark ? [12, 16, 21] : [255, 255, 255],
    dark,
  };
}

/** "rgb(0, 114, 178)" as numbers. */
export function parse(colour: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * share;
  return [channel(0), channel(1), channel(2)];
}

export function css([red, green, blue]: Rgb, alpha = 1): string {
  return `rgb(${Math.round(red)} ${Math.round(green)} ${Math.round(blue)} / ${alpha})`;
}

/** The colour of the class `label`, whatever its number. */
export function classColour(palette: Palette, label: number): Rgb {
  return palette.classes[label % palette.classes.length] ?? palette.paper;
}

/** How strongly a class colours its ground where it leads by `margin`: nothing on a border, and never so much that a point of its own colour is lost. */
export function strength(margin: number, dark: boolean): number {
  const lead = Math.tanh(margin / 2);
  return (dark ? 0.46 : 0.5) * (1 - (1 - lead) ** 1.6);
}

/** The colour of a value from -1 to 1: orange below 0, blue above, paper at 0. */
export function valueColour(palette: Palette, value: number): Rgb {
  return mix(palette.paper, value < 0 ? palette.low : palette.high, Math.min(1, Math.abs(value)));
}
