// What keys do to a name that is being typed.

/** Longest name that the field takes. */
const LONGEST_NAME = 48;

/** `name` after a key of an on-screen or hardware keyboard; keys that no name has change nothing. */
export function typeName(name: string, key: string): string {
  if (key === "Backspace" || key === "delete") return name.slice(0, -1);
  if (name.length >= LONGEST_NAME) return name;
  // One space between words, none before the first.
  if (key === " ") return name === "" || name.endsWith(" ") ? name : `${name} `;
  return /^[\p{L}\d'’.-]$/u.test(key) ? name + key : name;
}

/** Whether what was typed so far can be looked for: two letters, or four digits. */
export function isNameOrDigits(typed: string): boolean {
  return /\p{L}.*\p{L}|\p{Script=Han}/u.test(typed) || (typed.match(/\d/g) ?? []).length >= 4;
}
