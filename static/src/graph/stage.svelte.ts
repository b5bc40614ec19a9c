/** What the page and its embedded form have in common: a session, the op table, and the newest answer on the board. */
import { onMount, untrack } from "svelte";
import { connection } from "../shared/connection.svelte";
import { digits } from "../shared/digits.svelte";
import type { Ops } from "./answer";
import { loadOps } from "./catalogue";
import { Layout } from "./layout/board.svelte";
import { play } from "./player.svelte";
import { Session } from "./session.svelte";
import { describe } from "./walk/describe";

const START = "Before the first step: only the inputs are known.";

/** Made while a component is set up; lives as long as it. */
export class Stage {
  readonly session = new Session();
  readonly layout = new Layout();

  /** Null until it has arrived. */
  #table = $state.raw<Ops | null>(null);

  ops: Ops = $derived(this.#table ?? new Map());
  /** The current step in words. */
  account = $derived.by(() => {
    const { drawn, step, known } = this.session;
    if (!drawn || !known) return "";
    return step ? describe(drawn.index, drawn.source, this.ops, step, known) : START;
  });

  constructor() {
    onMount(() => {
      const load = async () => (this.#table ??= await loadOps());
      const stop = connection.onReturn(() => void load());
      void load();
      return () => {
        stop();
        this.layout.close();
      };
    });
    $effect(() => this.#draw());
    $effect(() => play(this.session));
  }

  #draw(): void {
    const { drawn, view } = this.session;
    const table = this.#table;
    const { constants } = view;
    if (!drawn || !table) return;
    // The number of digits changes the room that labels need.
    void digits.shown;
    // The layout reads what it shows and changes it: only a new answer or look is to run this again.
    untrack(() => this.layout.show(drawn.index, table, { constants, lump: drawn.question.lump ?? [] }));
  }
}
