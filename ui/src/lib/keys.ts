// Hardware keys go to one receiver only. Guests' screens and staff's sheet have a stack each, so that a guest's screen
// that appears under the open sheet gets none.

/** Takes a key's name. */
export type Receiver = (key: string) => void;

/** Receivers, the last one being the one that is asked. */
export class KeyStack {
  readonly #receivers: Receiver[] = [];

  /** Sends keys to `receiver` until the returned function is called. */
  open(receiver: Receiver): () => void {
    this.#receivers.push(receiver);
    return () => {
      const at = this.#receivers.lastIndexOf(receiver);
      if (at >= 0) this.#receivers.splice(at, 1);
    };
  }

  /** Whether somebody takes keys. */
  get isOpen(): boolean {
    return this.#receivers.length > 0;
  }

  /** A key was pressed. */
  press(key: string): void {
    this.#receivers.at(-1)?.(key);
  }
}

export const guestKeys = new KeyStack();
export const staffKeys = new KeyStack();
