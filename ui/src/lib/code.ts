// What keys do to a ticket code that is being typed.

/** Longest code that the field takes; ticket systems stay far below it. */
const LONGEST_CODE = 24;

/** `code` after a character of an on-screen or hardware keyboard; other keys change nothing. */
export function typeCode(code: string, key: string): string {
  if (key === "Backspace" || key === "delete") return code.slice(0, -1);
  const letter = key.toUpperCase();
  return /^[A-Z0-9-]$/.test(letter) && code.length < LONGEST_CODE ? code + letter : code;
}
