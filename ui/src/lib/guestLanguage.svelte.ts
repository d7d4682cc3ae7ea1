// Gives every guest the kiosk's own language to start with, and lets one guest keep the chosen one from screen to screen.
import type { Kind } from "./guest.ts";
import { isNextGuest } from "./guest.ts";
import { words } from "./i18n.svelte.ts";

/** How long a choice outlives its guest's last screen: from "Try again" back to the mark, and not until the next guest. */
const KEPT_MS = 5_000;

/** Resets the language between guests. To be called while a component is set up. */
export function resetBetweenGuests(kind: () => Kind | null, standard: () => string): void {
  let before: Kind | null = null;
  const current = $derived(kind());
  const own = $derived(standard());

  $effect(() => {
    if (current === null) return;
    if (isNextGuest(before, current)) words.language = own;
    before = current;
  });

  $effect(() => {
    const [language, back] = [words.language, own];
    if (current !== "idle" || language === back) return;
    const timer = setTimeout(() => (words.language = back), KEPT_MS);
    return () => clearTimeout(timer);
  });
}
