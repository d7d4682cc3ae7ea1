// Whether staff are still at the desk. Every call keeps staff mode open, so what the desk reads by itself must end.

/** How long after staff's last own act the desk may read by itself what has changed, in milliseconds. */
export const PRESENT_MS = 30_000;

export class Presence {
  #acted: number;

  /** Staff come to the desk at `now`, in milliseconds of any steady clock. */
  constructor(now: number) {
    this.#acted = now;
  }

  /** Staff touched the screen or pressed a key. */
  act(now: number): void {
    this.#acted = now;
  }

  isHere(now: number): boolean {
    return now - this.#acted < PRESENT_MS;
  }
}
