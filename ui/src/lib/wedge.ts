// Hand scanners are keyboards: they type the code very fast and end with Enter or Tab. People do not type that fast.
//
// A scanner sends positions of keys, as an American keyboard has them, unless somebody has set it up for this device's
// layout. So a scan has two readings: the characters that arrived, and those that the keys bear in America. Which one was
// meant only the roster knows; both are handed on.

/** Longest time between two keys of a scanner, in milliseconds; cheap ones take up to 30. */
export const FASTEST_HUMAN_MS = 50;
/** Shortest code that a ticket carries. */
export const SHORTEST_CODE = 4;
/** Longest code: twice a signed ticket with a face. What goes on for longer is a key that is stuck. */
const LONGEST_CODE = 1_024;
/** What ends a code, and what some scanners send before it. */
const ENDS = ["Enter", "Tab"];
/** Keys that are held for the next one; they neither belong to a code nor interrupt it. */
const HELD = ["Shift", "CapsLock", "AltGraph", "NumLock"];

/** Characters of American keys that are neither letters nor digits, without and with Shift. */
const PUNCTUATION: Record<string, string> = {
  Minus: "-_",
  Equal: "=+",
  Slash: "/?",
  Period: ".>",
  Comma: ",<",
  Semicolon: ";:",
  Quote: "'\"",
  BracketLeft: "[{",
  BracketRight: "]}",
  Backslash: "\\|",
  Backquote: "`~",
  Space: "  ",
};

/** One pressed key, as the browser tells it. */
export type Key = Pick<KeyboardEvent, "key" | "code" | "shiftKey">;

/** A scanned code: the characters that arrived, and the other reading if it differs. */
export type Scan = { code: string; other_reading: string | null };

/** The character that the key at this position bears on an American keyboard; null if it bears none. */
function american({ code, shiftKey }: Key): string | null {
  const [, letter, digit] = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(code) ?? [];
  return letter ?? (shiftKey ? null : digit) ?? PUNCTUATION[code]?.[shiftKey ? 1 : 0] ?? null;
}

/** What scanners add to a code: control characters, a symbology identifier (`]Q3`), a byte order mark. */
function bare(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\ufeff]/g, "").trim().replace(/^\][A-Za-z][0-9A-Za-z]/, "");
}

/** Recognises scanned codes in a stream of keys. */
export class Wedge {
  #typed = "";
  #positions: string | null = "";
  #last = -Infinity;

  /** Whether a key at `now` comes sooner after the last one than a person presses it. */
  isInHaste(now: number): boolean {
    return now - this.#last <= FASTEST_HUMAN_MS;
  }

  /** Takes one key at `now` (milliseconds); the scan when one is complete. */
  key(key: Key, now: number): Scan | null {
    if (HELD.includes(key.key)) return null;
    if (!this.isInHaste(now)) this.#forget();
    this.#last = now;
    if (ENDS.includes(key.key)) return this.#finish();
    if (key.key.length === 1 || key.key === "Dead") {
      this.#typed += key.key.length === 1 ? key.key : "";
      const position = american(key);
      this.#positions = this.#positions === null || position === null ? null : this.#positions + position;
      if (this.#typed.length > LONGEST_CODE) this.#forget();
    }
    return null;
  }

  #finish(): Scan | null {
    const code = bare(this.#typed);
    const other = this.#positions === null ? null : bare(this.#positions);
    this.#forget();
    if (Math.max(code.length, other?.length ?? 0) < SHORTEST_CODE) return null;
    return { code, other_reading: other === null || other.toUpperCase() === code.toUpperCase() ? null : other };
  }

  #forget(): void {
    this.#typed = "";
    this.#positions = "";
  }
}
