// Tells the host that a guest is there, so that a screen that waits for them does not close. Not more often than it matters.

/** Touches within this time of the last one told are not told, in milliseconds: far less than any screen waits. */
const APART_MS = 1_000;

export class Touches {
  readonly #tell: () => void;
  #last = -Infinity;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  /** The guest pressed, tapped or typed something at `now` (milliseconds). */
  note(now: number): void {
    if (now - this.#last < APART_MS) return;
    this.#last = now;
    this.#tell();
  }
}
