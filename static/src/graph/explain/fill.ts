/** Numbers in place: an op's LaTeX holds each argument in braces, and a number takes the argument's place. */
import { latexNumber } from "../../shared/format";
import { toNumber, type Scalar } from "../../shared/tensor";

/** After these a negative number needs no parentheses. */
const OPENERS = /(^|[([,<>=^_]|\\frac(\{\w+\})?|\\max\()$/;

function needsParentheses(before: string, after: string, value: number, latex: string): boolean {
  if (/^\s*\^/.test(after)) return value < 0 || latex.includes("\\cdot");
  return value < 0 && !OPENERS.test(before.trimEnd());
}

export type Channel = "value" | "gradient" | "local" | "plain";

/** LaTeX of one number in the colour of its channel. */
export function coloured(scalar: Scalar, channel: Channel): string {
  const broken = !Number.isFinite(toNumber(scalar));
  return `\\htmlClass{${broken ? "non-finite" : channel}}{${latexNumber(scalar)}}`;
}

/** `3^{2 - 1}` is written `3`, as one would by hand. */
function lowered(template: string, numbers: ReadonlyMap<string, Scalar>): string {
  return template.replace(/\^\{\{(\w+)\} - 1\}/g, (power: string, name: string) => {
    const scalar = numbers.get(name);
    if (scalar === undefined) return power;
    const exponent = toNumber(scalar) - 1;
    return exponent === 1 ? "" : `^{${latexNumber(exponent)}}`;
  });
}

/** `template` with numbers in the places of the arguments; names without a number keep their word. */
export function fill(
  template: string,
  numbers: ReadonlyMap<string, Scalar>,
  channelOf: (name: string) => Channel = () => "value",
): string {
  const whole = lowered(template, numbers);
  return whole.replace(/\{(\w+)\}/g, (place: string, name: string, offset: number) => {
    const scalar = numbers.get(name);
    if (scalar === undefined) return place;
    const latex = latexNumber(scalar);
    const before = whole.slice(0, offset);
    const after = whole.slice(offset + place.length);
    const wrapped = needsParentheses(before, after, toNumber(scalar), latex);
    const shown = coloured(scalar, channelOf(name));
    return `{${wrapped ? `(${shown})` : shown}}`;
  });
}
