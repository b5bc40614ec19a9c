/** How many significant digits the reader wants to see, on every number of every page, kept between visits. */
const KEY = "chainrule.digits";
export const FEWEST = 2;
export const MOST = 10;
export const USUAL = 4;

class Digits {
  shown = $state(stored());

  /** Shows `many` digits from now on; anything that is no such number is the usual four. */
  choose(many: number): void {
    this.shown = valid(many);
    try {
      localStorage.setItem(KEY, String(this.shown));
    } catch {
      // Storage may be refused (private windows); the choice then lasts for this page only.
    }
  }
}

function valid(many: number): number {
  return Number.isInteger(many) && many >= FEWEST && many <= MOST ? many : USUAL;
}

function stored(): number {
  try {
    return valid(Number(localStorage.getItem(KEY) ?? USUAL));
  } catch {
    return USUAL;
  }
}

export const digits = new Digits();
