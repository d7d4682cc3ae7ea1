// Typing the passphrase of an exported file: twice, since nobody can look up a mistyped one. Pure.

/** Shortest passphrase that the kiosk takes, in characters. */
export const PASSPHRASE_LEAST = 12;

/** What "Enter" leads to. */
export type Entered =
  | { kind: "too_short" }
  | { kind: "repeat"; first: string }
  | { kind: "differs" }
  | { kind: "complete"; passphrase: string };

/** What comes of `typed`; `first` is what it has to repeat, null where it is typed for the first time. */
export function enterPassphrase(first: string | null, typed: string): Entered {
  if (first !== null) return first === typed ? { kind: "complete", passphrase: typed } : { kind: "differs" };
  // Characters as people count them, not UTF-16 units.
  return [...typed].length < PASSPHRASE_LEAST ? { kind: "too_short" } : { kind: "repeat", first: typed };
}
