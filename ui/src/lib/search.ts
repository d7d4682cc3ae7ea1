// Search as you type: waits for a pause, and only the answer to the newest question counts.

/** Pause that ends a burst of typing, in milliseconds: shorter than a glance, longer than two quick taps. */
const PAUSE_MS = 120;

/** Asks `find` for what was typed last and hands the answer to `show`; an empty question is answered with nothing. */
export class LatestSearch<Row> {
  readonly #find: (query: string) => Promise<Row[]>;
  readonly #show: (rows: Row[], query: string) => void;
  readonly #fail: (error: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #newest = 0;

  constructor(
    find: (query: string) => Promise<Row[]>,
    show: (rows: Row[], query: string) => void,
    fail: (error: unknown) => void,
  ) {
    this.#find = find;
    this.#show = show;
    this.#fail = fail;
  }

  /** The field now reads `text`. */
  type(text: string): void {
    this.stop();
    const query = text.trim();
    if (query === "") this.#show([], "");
    else this.#timer = setTimeout(() => void this.#ask(query), PAUSE_MS);
  }

  /** Asks at once, after something has changed the rows. */
  async again(text: string): Promise<void> {
    this.stop();
    const query = text.trim();
    if (query !== "") await this.#ask(query);
  }

  /** Forgets the question: answers on their way are dropped. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#newest += 1;
  }

  async #ask(query: string): Promise<void> {
    this.#newest += 1;
    const mine = this.#newest;
    try {
      const rows = await this.#find(query);
      if (mine === this.#newest) this.#show(rows, query);
    } catch (error) {
      if (mine === this.#newest) this.#fail(error);
    }
  }
}
