// The one list of everything that the screens can show. Tests measure it, pictures are taken of it.
import { readFileSync } from "node:fs";

import { staff, view } from "../support/views.js";
import { StaffSheet } from "../pages/staffSheet.js";
import { GUEST_STATES } from "./guest.js";
import { startingWith } from "./languages.js";
import { STAFF_STATES } from "./staff.js";
import { inLanguage } from "./venue.js";

export { GUEST_STATES, STAFF_STATES };
export const STATES = [...GUEST_STATES, ...STAFF_STATES];

/** What the camera sees: generated people, drawn by `cargo run -p portico-cast --example stills`. */
const PICTURES = Object.fromEntries(
  ["room", "far", "near"].map((name) => [name, readFileSync(new URL(`../pictures/${name}.jpg`, import.meta.url))]),
);

/** The state of this name. */
export function stateNamed(area, name) {
  const found = STATES.find((state) => state.area === area && state.name === name);
  if (!found) throw new Error(`no ${area} state is called “${name}”; tests/ui/catalogue has them`);
  return found;
}

/** A name for files: `queue, it was another guest` becomes `queue-it-was-another-guest`. */
export const slug = ({ area, name }) => `${area}-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;

/** Staff who are as fast as the screen follows. That fingers reach every control is for other tests to find out. */
class QuickStaff extends StaffSheet {
  tap(testid) {
    return this.page.locator(`[data-testid="${testid}"]:enabled`).first().evaluate((control) => control.click());
  }

  tapKeys(keys) {
    return this.page.evaluate((pressed) => {
      for (const key of pressed) document.querySelector(`[data-key="${key}"]`).click();
    }, keys);
  }
}

/** A kiosk that goes from state to state in one page, speaking one language. */
export class Tour {
  #language;
  #pictures;

  /** Opens the kiosk for the duration of `test`. Without `pictures` its camera shows nothing. */
  static async start(test, browser, { language, size, pictures = true }) {
    const tour = new Tour();
    const idle = inLanguage(view({ kind: "idle" }, { languages: startingWith(language) }), language);
    tour.kiosk = await QuickStaff.open(test, browser, idle, size);
    tour.#language = language;
    tour.#pictures = pictures;
    return tour;
  }

  /** Goes to `state`: whatever was there before is gone, and what it shows is on the glass. */
  async to(state) {
    const { kiosk } = this;
    await kiosk.leave();
    if (state.area === "guest") {
      if (this.#pictures) kiosk.host.picture = PICTURES[state.picture];
      await kiosk.show(this.#spoken(state.view));
      if (this.#pictures) await kiosk.host.pictured();
      return;
    }
    kiosk.host.replies = inLanguage(state.replies, this.#language);
    await kiosk.show(this.#spoken(view({ kind: "idle" }, staff(state.lock))));
    await kiosk.summon();
    await state.act(kiosk);
  }

  #spoken(shown) {
    return inLanguage({ ...shown, languages: startingWith(this.#language) }, this.#language);
  }
}
