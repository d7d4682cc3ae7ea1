// Gives every guest the kiosk's own language and plain looks to start with, and lets one guest keep what they chose from
// screen to screen.
import { comfort } from "./comfort.svelte.ts";
import type { Kind } from "./guest.ts";
import { isNextGuest } from "./guest.ts";
import { words } from "./i18n.svelte.ts";

/** How long a choice outlives its guest's last screen: from "Try again" back to the mark, and not until the next guest. */
const KEPT_MS = 5_000;

/** The same for whoever has chosen how the screen looks: reading takes longer, and their face may be out of the camera's sight. */
const KEPT_IN_COMFORT_MS = 30_000;

/** Resets language and looks between guests, and not while one `isChoosing`. To be called while a component is set up. */
export function resetBetweenGuests(
  kind: () => Kind | null,
  encounter: () => number | null,
  standard: () => string,
  isChoosing: () => boolean,
): void {
  let before: number | null = null;
  const current = $derived(kind());
  const now = $derived(encounter());
  const own = $derived(standard());

  // Before the next guest's screen is set up, which is spoken as soon as it is there.
  $effect.pre(() => {
    if (now === null) return;
    if (isNextGuest(before, now)) {
      words.guest = own;
      comfort.reset();
    }
    before = now;
  });

  $effect(() => {
    const [language, back, inUse] = [words.guest, own, comfort.inUse];
    // Whoever is choosing is still there.
    void comfort.touches;
    if (current !== "idle" || isChoosing() || (language === back && !inUse)) return;
    const forget = (): void => {
      words.guest = back;
      comfort.reset();
    };
    const timer = setTimeout(forget, inUse ? KEPT_IN_COMFORT_MS : KEPT_MS);
    return () => clearTimeout(timer);
  });
}
