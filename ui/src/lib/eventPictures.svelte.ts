// The event's logo and background, asked for once whenever the view names others.
import type { EventPictures } from "./contract.ts";
import type { Kiosk } from "./kiosk.svelte.ts";

const NONE: EventPictures = { logo: null, background: null };

/** Follows `name`; to be called while a component is set up. */
export function eventPictures(kiosk: Kiosk, name: () => string | null): { readonly now: EventPictures } {
  let now = $state.raw(NONE);
  const wanted = $derived(name());

  $effect(() => {
    const asked = wanted;
    if (asked === null) {
      now = NONE;
      return;
    }
    kiosk
      .call("event.pictures", {})
      .then((pictures) => {
        if (asked === wanted) now = pictures;
      })
      // Without them the screen is plain; the next change asks again.
      .catch(() => {});
  });

  return {
    get now() {
      return now;
    },
  };
}
