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
  return {
    positive,
    negative,
    paper,
    line: token("--line-strong"),
    ink: token("--ink"),
    soft: token("--ink-soft"),
    focus: token("--focus"),
    table: tableOf(negative, paper, positive),
  };
}

function token(name: string): Rgb {
  return parse(resolvedColour(name));
}

/** Opaque pixels for -128 to 127: as far from the paper as the number is from 0, small ones a little farther. */
export function tableOf(negative: Rgb, paper: Rgb, positive: Rgb): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    const value = Math.max(-1, (index - 128) / 127);
    const colour = mix(paper, value < 0 ? negative : positive, Math.abs(value) ** 0.85);
    const [red, green, blue] = colour.map(Math.round) as [number, number, number];
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}
