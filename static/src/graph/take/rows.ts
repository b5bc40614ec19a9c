/** Rows of LaTeX as formulas to be set one by one. */

/** The formula of an aligned row; null for a comment or what opens and closes the alignment. */
export function formulaOf(line: string): string | null {
  if (!line.includes("&=")) return null;
  return `\\displaystyle ${line.replace(/\\\\\s*$/, "").replace("&=", "=")}`;
}
