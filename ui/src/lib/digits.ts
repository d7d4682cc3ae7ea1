// What keys do to digits that are being typed: the second fact and the PIN. Knows nothing of the screen.

/** A keypad's key. */
export type PadKey = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "delete";

/** Digits of the phone number that the second fact asks for. */
export const FACT_LENGTH = 4;
/** Shortest and longest PIN that the kiosk takes. */
export const PIN_LENGTH = { least: 4, most: 12 } as const;

/** `typed` after `key`, at most `most` digits long. */
export function press(typed: string, key: PadKey, most: number): string {
  if (key === "delete") return typed.slice(0, -1);
  return typed.length < most ? typed + key : typed;
}

/** The keypad's key for a key of a hardware keyboard; null if it is none. */
export function padKey(key: string): PadKey | null {
  if (key === "Backspace" || key === "Delete") return "delete";
  return /^[0-9]$/.test(key) ? (key as PadKey) : null;
}

/** Whether `typed` has the length of a PIN. */
export function isPin(typed: string): boolean {
  return typed.length >= PIN_LENGTH.least && typed.length <= PIN_LENGTH.most;
}
