/** Colours of signed numbers: orange below 0, blue above, the paper at 0. */
import { resolvedColour } from "../../shared/theme";
import { mix, parse, type Rgb } from "../plane/palette";

export interface Colours {
  positive: Rgb;
  negative: Rgb;
  paper: Rgb;
  line: Rgb;
  ink: Rgb;
  soft: Rgb;
  focus: Rgb;
  /** A pixel for each int8 from -128, little-endian. */
  table: Uint32Array;
}

export function readColours(): Colours {
  const [positive, negative, paper] = [token("--value"), token("--gradient"), token("--surface")];
  const soft = token("--ink-soft");
  return {
    positive,
    negative,
    paper,
    line: token("--line-strong"),
    ink: token("--ink"),
    soft,
    focus: token("--focus"),
    table: tableOf(negative, paper, positive, mix(paper, soft, 0.5)),
  };
}

function token(name: string): Rgb {
  return parse(resolvedColour(name));
}

/**
 * Opaque pixels for -127 to 127: as far from the paper as the number is from 0, small ones a little farther. Before
 * them, that for -128, which stands for no finite number.
 */
export function tableOf(negative: Rgb, paper: Rgb, positive: Rgb, missing: Rgb): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    const value = (index - 128) / 127;
    const colour = index === 0 ? missing : mix(paper, value < 0 ? negative : positive, Math.abs(value) ** 0.85);
    const [red, green, blue] = colour.map(Math.round) as [number, number, number];
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}
