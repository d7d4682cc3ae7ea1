// Systems without a language call it "C" or "POSIX", which Intl refuses. Libraries that format by the system's language
// as they are loaded would keep every screen from starting, so this is imported before them.

/** Whether Intl knows `tag` as a language (BCP 47). */
export function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Gives `system` English where what it has is no language. */
export function nameLanguage(system: { readonly language: string }): void {
  if (!isLanguage(system.language)) Object.defineProperty(system, "language", { value: "en", configurable: true });
}

if (typeof navigator !== "undefined") nameLanguage(navigator);
