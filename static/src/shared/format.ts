import { digits as reader } from "./digits.svelte";
import { flatten, shapeOf, sizeOf, toNumber, type Scalar, type Tensor } from "./tensor";

const MINUS = "\u2212";
/** The mantissa and exponent of `value` when it is better read as m x 10^e, else null. */
function scientific(value: number, digits: number): { mantissa: string; exponent: number } | null {
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(value)) return null;
  if (size >= 1e-4 && size < 1e6) return null;
  const [mantissa = "", exponent = "0"] = size.toExponential(digits - 1).split("e");
  return { mantissa: trim(mantissa), exponent: Number(exponent) };
}

function trim(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}

function decimal(size: number, digits: number): string {
  if (Number.isInteger(size)) return String(size);
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return trim(size.toFixed(places));
}

/** A number for the eye: as many significant digits as the reader wants, a proper minus sign, NaN and infinity as words and signs. */
export function formatNumber(scalar: Scalar, digits = reader.shown): string {
  const value = toNumber(scalar);
  if (Number.isNaN(value)) return "NaN";
  const sign = value < 0 ? MINUS : "";
  if (!Number.isFinite(value)) return `${sign}\u221e`;
  const parts = scientific(value, digits);
  if (!parts) return sign + decimal(Math.abs(value), digits);
  return `${sign}${parts.mantissa}e${parts.exponent < 0 ? MINUS : ""}${Math.abs(parts.exponent)}`;
}

/** The same number as LaTeX, for formulas set by KaTeX. */
export function latexNumber(scalar: Scalar, digits = reader.shown): string {
  const value = toNumber(scalar);
  if (Number.isNaN(value)) return "\\text{NaN}";
  const sign = value < 0 ? "-" : "";
  if (!Number.isFinite(value)) return `${sign}\\infty`;
  const parts = scientific(value, digits);
  if (!parts) return sign + decimal(Math.abs(value), digits);
  return `${sign}${parts.mantissa}\\cdot 10^{${parts.exponent}}`;
}

/** "(2, 16)" as NumPy writes it, "(3,)" for a vector, "scalar" for []. */
export function formatShape(shape: readonly number[]): string {
  if (shape.length === 0) return "scalar";
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** The shape as it is written on a wire: 2×16, and (4,) for a vector. */
export function formatShapeShort(shape: readonly number[]): string {
  return shape.length === 1 ? formatShape(shape) : shape.join("\u00d7");
}

/** A whole tensor in one line when it has at most `most` elements, else its shape. */
export function formatTensor(tensor: Tensor, most = 4, digits = reader.shown): string {
  if (!Array.isArray(tensor)) return formatNumber(tensor, digits);
  const shape = shapeOf(tensor);
  if (sizeOf(shape) > most) return formatShape(shape);
  return `[${tensor.map((part) => formatTensor(part, most, digits)).join(", ")}]`;
}

/** True when some number of the tensor is NaN or infinite. */
export function hasNonFinite(tensor: Tensor): boolean {
  return flatten(tensor).some((value) => !Number.isFinite(value));
}

/** A count in words: "1 gate", "3 gates". */
export function count(many: number, noun: string, plural = `${noun}s`): string {
  return `${many} ${many === 1 ? noun : plural}`;
}
