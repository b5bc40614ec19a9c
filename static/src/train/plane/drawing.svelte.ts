/** Changing the points by hand while they are trained on: tools, strokes, undo. */
import type { Points } from "../live/points";
import type { Split } from "../live/protocol";
import type { DataSetup, OwnPoints } from "../setup/setup";
import { drawnFrom, faultOf, MOST_POINTS, nearest, partsOf, without, withMoved, withPoint } from "./drawn";
import type { Spot } from "./places";

/** The class that is drawn, or what else is done to points. */
export type Tool = number | "move" | "erase";

/** What drawing needs of the page. */
export interface Studio {
  readonly setup: { readonly data: DataSetup };
  readonly run: { readonly ready: { readonly points: Split<Points> } | null };
  replaceData: (data: DataSetup) => void;
  setOwn: (own: OwnPoints) => void;
}

interface Moment {
  data: DataSetup;
  draft: OwnPoints | null;
}

/** Between two points of one stroke, in the plane's measure. */
const SPACING = 0.055;
const MOST_UNDONE = 100;

export class Drawing {
  open = $state(false);
  tool = $state<Tool>(0);
  #studio: Studio;
  /** The points as drawn last, and the data they belong to: other data make them void. */
  #draft = $state.raw<OwnPoints | null>(null);
  #of = $state.raw<DataSetup | null>(null);
  #past = $state.raw<readonly Moment[]>([]);
  /** The last place of a stroke; the point that is carried. */
  #last: Spot | null = null;
  #carried: number | null = null;

  readonly #current = $derived.by(() => (this.#studio.setup.data === this.#of ? this.#draft : null));
  /** The points to be shown in place of those that are trained on; null where these are newest. */
  readonly points = $derived(this.#current && partsOf(this.#current));
  /** Why they are not trained on yet. */
  readonly fault = $derived(this.#current && faultOf(this.#current));
  readonly undoable = $derived(this.#past.length > 0);

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** Whether something is being carried by keys. */
  get carrying(): boolean {
    return this.#carried !== null;
  }

  /** Makes the points that stand there one's own. */
  adopt(): void {
    this.#remember();
    this.#put(this.#now());
  }

  clear(): void {
    this.#remember();
    this.#put({ x: [], y: [], label: [], heldOut: [] });
  }

  /** A stroke begins. */
  down(spot: Spot, reach: number): void {
    this.#remember();
    this.#last = null;
    this.#carried = this.tool === "move" ? nearest(this.#now(), spot, 2 * reach) : null;
    this.drag(spot, reach);
  }

  /** A stroke goes on. */
  drag(spot: Spot, reach: number): void {
    const points = this.#now();
    if (this.tool === "move") {
      if (this.#carried !== null) this.#put(withMoved(points, this.#carried, spot));
    } else if (this.tool === "erase") {
      const left = without(points, spot, reach);
      if (left !== points) this.#put(left);
    } else if (this.#isApart(spot) && points.label.length < MOST_POINTS) {
      this.#last = spot;
      this.#put(withPoint(points, spot, this.tool, this.#studio.setup.data.validationShare));
    }
  }

  /** A stroke ends; one that changed nothing is none. */
  up(): void {
    const last = this.#past.at(-1);
    if (last && last.data === this.#studio.setup.data && last.draft === this.#current) this.#past = this.#past.slice(0, -1);
    this.#carried = null;
    this.#last = null;
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    if (before.data !== this.#studio.setup.data) this.#studio.replaceData(before.data);
    this.#draft = before.draft;
    this.#of = this.#studio.setup.data;
  }

  #isApart([x, y]: Spot): boolean {
    return this.#last === null || (x - this.#last[0]) ** 2 + (y - this.#last[1]) ** 2 >= SPACING ** 2;
  }

  #now(): OwnPoints {
    if (this.#current) return this.#current;
    const { own } = this.#studio.setup.data;
    if (own && own.heldOut.length > 0) return own;
    const points = this.#studio.run.ready?.points;
    return points ? drawnFrom(points) : { x: [], y: [], label: [], heldOut: [] };
  }

  #remember(): void {
    const moment = { data: this.#studio.setup.data, draft: this.#current };
    this.#past = [...this.#past.slice(1 - MOST_UNDONE), moment];
  }

  #put(points: OwnPoints): void {
    this.#draft = points;
    if (faultOf(points) === null) this.#studio.setOwn(points);
    this.#of = this.#studio.setup.data;
  }
}
