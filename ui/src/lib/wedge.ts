// Hand scanners type the code very fast and end with Enter. People do not type that fast.

/** Longest time between two keys of a scanner, in milliseconds; cheap ones take up to 30. */
const FASTEST_HUMAN_MS = 50;
/** Shortest code that a ticket carries. */
const SHORTEST_CODE = 4;

/** Recognises scanned codes in a stream of keys. */
export class Wedge {
  #typed = "";
  #last = -Infinity;

  /** Takes one key at `now` (milliseconds); the scanned code when one is complete. */
  key(key: string, now: number): string | null {
    if (now - this.#last > FASTEST_HUMAN_MS) this.#typed = "";
    this.#last = now;
    if (key === "Enter") {
      const code = this.#typed;
      this.#typed = "";
      return code.length >= SHORTEST_CODE ? code : null;
    }
    if (key.length === 1) this.#typed += key;
    return null;
  }
}
