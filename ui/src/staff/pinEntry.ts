// Typing a PIN: once to open staff mode, twice to choose one. Pure; whoever shows it makes the calls.
import { PIN_LENGTH, isPin, press } from "../lib/digits.ts";
import type { PadKey } from "../lib/digits.ts";

/** What has been typed. `first` is the PIN that has to be repeated. */
export type PinEntry = { typed: string; first: string | null };

/** What "Enter" leads to. */
export type Entered =
  | { kind: "complete"; pin: string }
  | { kind: "repeat"; entry: PinEntry }
  | { kind: "differs"; entry: PinEntry }
  | { kind: "too_short" };

export const EMPTY: PinEntry = { typed: "", first: null };

/** The entry after a key of the pad. */
export function pressPin(entry: PinEntry, key: PadKey): PinEntry {
  return { ...entry, typed: press(entry.typed, key, PIN_LENGTH.most) };
}

/** The entry after "Enter". A PIN that is chosen is asked for twice: nobody can look up a mistyped one. */
export function enterPin(entry: PinEntry, purpose: "open" | "choose"): Entered {
  if (!isPin(entry.typed)) return { kind: "too_short" };
  if (purpose === "open") return { kind: "complete", pin: entry.typed };
  if (entry.first === null) return { kind: "repeat", entry: { typed: "", first: entry.typed } };
  return entry.first === entry.typed ? { kind: "complete", pin: entry.typed } : { kind: "differs", entry: EMPTY };
}
