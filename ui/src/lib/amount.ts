// Numbers as people read them. Pure.

const KIB = 1024;

/** A size with its unit, in the language's way. */
export function bytes(language: string, size: number): string {
  const [unit, step] = size >= KIB * KIB * KIB ? (["gigabyte", 3] as const) : size >= KIB * KIB ? (["megabyte", 2] as const) : (["kilobyte", 1] as const);
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: step === 1 ? 0 : 1 }).format(size / KIB ** step);
}

/** A whole number, grouped as the language does. */
export function count(language: string, value: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
}

/** A number with up to `digits` decimals. */
export function decimal(language: string, value: number, digits: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** A share of `whole` in percent; of nothing, it is none. */
export function percent(language: string, part: number, whole: number): string {
  return new Intl.NumberFormat(language, { style: "percent" }).format(whole > 0 ? part / whole : 0);
}
