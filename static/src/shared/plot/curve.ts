/** A function of one number and its derivative, at the same places. */
export interface Curve {
  x: readonly number[];
  value: readonly number[];
  /** The local derivative. */
  local: readonly number[];
}
