/** What the op table says besides its ops, read when the first gate is opened. */
import { get } from "../../shared/api";
import { ConnectionLost, ProblemError } from "../../shared/problem";

class Table {
  /** What each pattern does to the gradient that arrives. */
  patterns = $state.raw<Readonly<Record<string, string>>>({});
  /** Ops that can be taken apart into the gates that make them up. */
  lumpable = $state.raw<readonly string[]>([]);
  #asked = false;

  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      ({ patterns: this.patterns, lumpable: this.lumpable } = await get("/api/v1/ops"));
    } catch (error) {
      // Asked again when the next gate is opened.
      this.#asked = false;
      if (!(error instanceof ConnectionLost) && !(error instanceof ProblemError)) throw error;
    }
  }
}

export const table = new Table();
