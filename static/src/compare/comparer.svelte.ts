/** What the reader compares and what became of it: the choices, and the nets trained under them. */
import type { Choices } from "../train/setup/choices";
import { writeLink } from "../train/setup/link";
import type { Setup } from "../train/setup/setup";
import { PLAIN_VIEW } from "../train/setup/view";
import { withValue } from "./axes/axes";
import { Guided } from "./guided/guided.svelte";
import type { Comparison, Room, Varied } from "./lesson";
import { Lanes } from "./sweep/lanes.svelte";
import type { Member } from "./sweep/member";

export class Comparer {
  readonly choices: Choices;
  comparison = $state.raw<Comparison>()!;
  readonly side = new Lanes();
  readonly grid = new Lanes(1);
  readonly guided: Guided;

  /** What was last asked of each room, so that only what differs is trained anew. */
  #shown: Partial<Record<Room, string>> = {};

  constructor(choices: Choices, comparison: Comparison) {
    this.choices = choices;
    this.comparison = comparison;
    this.guided = new Guided(choices, comparison.stage, (stage) => this.set({ stage }));
    this.side.speed(comparison.pace);
    this.grid.speed(null);
  }

  /** Whether the server went away while something was to be trained. */
  get lost(): boolean {
    return this.side.lost || this.grid.lost || this.guided.lost;
  }

  /** Begins; answers what ends everything: fit for `onMount`. */
  open(): () => void {
    this.#sync();
    const ends = [this.side.open(), this.grid.open(), this.guided.open()];
    return () => ends.forEach((end) => end());
  }

  /** Another comparison takes the place of the one there was. */
  bring(comparison: Comparison): void {
    this.#shown = {};
    this.side.pause();
    this.grid.pause();
    this.guided.restart(comparison.stage);
    this.comparison = comparison;
    this.side.speed(comparison.pace);
    this.#sync();
  }

  set(change: Partial<Comparison>): void {
    this.comparison = { ...this.comparison, ...change };
    if (change.pace !== undefined) this.side.speed(change.pace);
    this.#sync();
  }

  setSetup(change: (setup: Setup) => Setup): void {
    this.set({ setup: change(this.comparison.setup) });
  }

  /** The nets side by side. */
  get members(): readonly Member[] {
    return this.#members(this.comparison.varied);
  }

  /** The nets of the grid, row by row. */
  get cells(): readonly Member[] {
    const { setup, varied, second } = this.comparison;
    return this.#members(varied, setup).flatMap((row) =>
      this.#members(second, row.setup).map((cell) => ({
        label: `${row.label}, ${cell.label}`,
        setup: cell.setup,
      })),
    );
  }

  #members({ axis, values }: Varied, setup = this.comparison.setup): readonly Member[] {
    return values.map((text) => ({
      label: axis.label(text, this.choices),
      setup: withValue(axis, setup, text, this.choices),
    }));
  }

  #sync(): void {
    const { room, program, updates } = this.comparison;
    if (room !== "side") this.side.pause();
    if (room !== "grid") this.grid.pause();
    if (room !== "guided") this.guided.pause();
    if (room === "side") this.#train(room, this.side, this.members, program);
    if (room === "grid" && this.#train(room, this.grid, this.cells, program)) this.grid.limit = updates;
    if (room === "grid") this.grid.limit = Math.max(updates, this.grid.step);
    if (room === "guided") this.guided.begin();
  }

  /** Trains what is not trained yet; answers whether it was another. */
  #train(room: Room, lanes: Lanes, members: readonly Member[], program: string | null): boolean {
    const key = JSON.stringify([program, members.map(({ setup }) => words(setup))]);
    if (key === this.#shown[room]) return false;
    this.#shown[room] = key;
    if (room === "grid") lanes.pause();
    lanes.show({ choices: this.choices, members, program });
    return true;
  }
}

function words(setup: Setup): string {
  return writeLink({ setup, program: null, speed: null, view: PLAIN_VIEW });
}
