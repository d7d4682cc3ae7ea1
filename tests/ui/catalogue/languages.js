// The languages that the screens speak, as their locale files say.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const LOCALES = fileURLToPath(new URL("../../../ui/src/lib/locales/", import.meta.url));

/** English first, since it is the one that everything falls back to. */
export const LANGUAGES = readdirSync(LOCALES)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length))
  .sort((one, other) => Number(other === "en") - Number(one === "en") || one.localeCompare(other));

/** The kiosk's languages, `first` being its own. */
export const startingWith = (first) => [first, ...LANGUAGES.filter((other) => other !== first)];
