/** A quantity where there is little room: a number, a short list, else its shape. */
import { formatShape, formatTensor } from "../../shared/format";
import { isTruncated, type Quantity } from "../answer";

const ROOM = 12;

export function brief(quantity: Quantity | null, shape: readonly number[]): string {
  if (quantity === null) return "";
  if (isTruncated(quantity)) return formatShape(shape);
  const text = formatTensor(quantity);
  return text.length <= ROOM ? text : formatTensor(quantity, 1);
}
