// Which languages the screens speak, as staff change them. Pure.

/** With `language` taken away, or added at the end. */
export function toggled(chosen: readonly string[], language: string): string[] {
  return chosen.includes(language) ? chosen.filter((other) => other !== language) : [...chosen, language];
}

/** With `language` before all others. */
export function first(chosen: readonly string[], language: string): string[] {
  return [language, ...chosen.filter((other) => other !== language)];
}
