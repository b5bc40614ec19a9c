/** Width of a text in Inter, in pixels, close enough to keep room for it. */
const NARROW = new Set("fijltr.,:;'|()[]{}! ");
const WIDE = new Set("mwMW@\u2211\u222b");

export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += NARROW.has(character) ? 0.36 : WIDE.has(character) ? 0.92 : 0.61;
  return ems * size;
}

/** Width of a text in JetBrains Mono, whose characters are all 0.6 em wide. */
export function codeWidth(text: string, size: number): number {
  return [...text].length * 0.6 * size;
}
