/** Whether the server answers: one store for the whole page, with retries that back off. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

class Connection {
  online = $state(true);
  /** Milliseconds until the next try, for the banner. */
  wait = $state(FIRST_WAIT);

  #timer: ReturnType<typeof setTimeout> | null = null;
  #returned = new Set<() => void>();

  /** Called by whoever could not reach the server: says so and begins to try again. */
  lost(): void {
    if (!this.online) return;
    this.online = false;
    this.wait = FIRST_WAIT;
    this.#schedule();
  }

  /** Called by whoever did reach it. */
  reached(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.online) return;
    this.online = true;
    for (const callback of this.#returned) callback();
  }

  /** Tries at once, without waiting for the next turn. */
  async tryNow(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    try {
      const answer = await fetch("/healthz", {
        cache: "no-store",
        signal: AbortSignal.timeout(LONGEST_WAIT),
      });
      if (answer.ok) return this.reached();
    } catch {
      // Still away: fall through to the next turn.
    }
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    this.#schedule();
  }

  /** Calls `callback` each time the server has come back; answers the stop function. */
  onReturn(callback: () => void): () => void {
    this.#returned.add(callback);
    return () => this.#returned.delete(callback);
  }

  #schedule(): void {
    this.#timer = setTimeout(() => void this.tryNow(), this.wait);
  }
}

export const connection = new Connection();
