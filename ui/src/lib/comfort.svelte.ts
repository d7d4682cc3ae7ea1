// What one guest has switched on to use the screen more easily. The next guest starts without: `guestLanguage.svelte.ts`.
import { MediaQuery } from "svelte/reactivity";

import { NO_WISHES } from "./looks.ts";
import type { System, Wishes } from "./looks.ts";

export type Wish = keyof Wishes;

export class Comfort {
  wishes = $state<Wishes>({ ...NO_WISHES });
  /** Whether the switches are on the screen. */
  open = $state(false);
  /** Counts what the guest does with them. */
  touches = $state(0);

  /** Whether anything is on or being chosen. */
  get inUse(): boolean {
    return this.open || Object.values(this.wishes).includes(true);
  }

  toggle(wish: Wish): void {
    this.wishes[wish] = !this.wishes[wish];
    this.touches += 1;
  }

  show(open: boolean): void {
    this.open = open;
    this.touches += 1;
  }

  /** Forgets everything. */
  reset(): void {
    this.wishes = { ...NO_WISHES };
    this.open = false;
  }
}

export const comfort = new Comfort();

/** What the operating system asks for, as it is now. To be called while a component is set up. */
export function systemWishes(): () => System {
  const light = new MediaQuery("prefers-color-scheme: light");
  const contrast = new MediaQuery("prefers-contrast: more");
  const still = new MediaQuery("prefers-reduced-motion: reduce");
  return () => ({ light: light.current, contrast: contrast.current, still: still.current });
}
