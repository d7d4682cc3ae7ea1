// Keys at a person's pace. A hand scanner types a whole code between two keys of a person, and the digits of a ticket are no PIN, nor
// anybody's phone: what comes that fast is held back until it is known what it was.
import { FASTEST_HUMAN_MS, SHORTEST_CODE } from "./wedge.ts";

/** Hands keys on a moment later, in their order, unless a scanner sent them. */
export class Pace {
  readonly #deliver: (key: string) => void;
  #held: string[] = [];
  #last = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deliver: (key: string) => void) {
    this.#deliver = deliver;
  }

  /** A key was pressed at `now` (milliseconds): a busy screen may hear of it late. */
  press(key: string, now: number): void {
    if (now - this.#last > FASTEST_HUMAN_MS) this.#settle();
    this.#last = now;
    this.#held.push(key);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), FASTEST_HUMAN_MS);
  }

  /** The keys up to now were a code. */
  wasScanned(): void {
    clearTimeout(this.#timer);
    this.#held = [];
  }

  #settle(): void {
    const held = this.#held;
    this.#held = [];
    // A scanner that ends its codes with nothing, or was cut short.
    if (held.filter((key) => key.length === 1).length >= SHORTEST_CODE) return;
    held.forEach(this.#deliver);
  }
}
