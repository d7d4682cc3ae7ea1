// Every guest's screen on every size of kiosk, in every language: large enough, legible, nothing cut off or overlapping.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { LANGUAGES } from "./catalogue/languages.js";
import { GUEST_STATES, Tour } from "./catalogue/states.js";
import { GuestScreen } from "./pages/guestScreen.js";
import { launch } from "./support/browser.js";
import { faults, pale, small } from "./support/measure.js";
import { SIZES, fittings } from "./support/sizes.js";
import { GUEST_VIEWS, LOOKS } from "./support/views.js";

const GUEST_LIMITS = { root: "main", leastText: 24, leastTarget: 48 };
/** What guests aim for; keys of the whole alphabet may be a little smaller on a 7-inch panel that lies. */
const MAIN_TARGETS = { selector: "button.main, button.quiet, [data-testid=keypad] button", least: 64 };

describe("guests' screens", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const { size, language } of fittings(SIZES, LANGUAGES)) {
    it(`fit ${size.width}×${size.height} in ${language} and can be read before the brightest picture`, async (t) => {
      const tour = await Tour.start(t, browser, { language, size, pictures: false });
      const { page, errors } = tour.kiosk;
      const screen = new GuestScreen(page, tour.kiosk.host);
      for (const state of GUEST_STATES) {
        await tour.to(state);
        assert.equal(await screen.kind(), state.view.guest.kind, "the screen follows the view");
        assert.equal(await screen.language(), language, "the kiosk speaks its own language first");
        assert.deepEqual(await page.evaluate(faults, GUEST_LIMITS), [], state.name);
        assert.deepEqual(await page.evaluate(small, MAIN_TARGETS), [], state.name);
        assert.deepEqual(await page.evaluate(pale, { root: "[data-view]", least: 7 }), [], state.name);
      }
      assert.deepEqual(errors, []);
    });
  }

  for (const theme of ["dark", "light"]) {
    for (const [what, system, parts] of [
      ["", {}, {}],
      [" with more contrast", { contrast: "more" }, {}],
      [" in a difficult brand", {}, { event: { ...GUEST_VIEWS.idle.event, accent: "#12203a" } }],
    ]) {
      it(`can be read before the brightest and the darkest picture: ${theme}${what}`, async (t) => {
        const shown = (view) => ({ ...view, ...parts, looks: { ...LOOKS, theme } });
        const kiosk = await GuestScreen.open(t, browser, shown(GUEST_VIEWS.idle));
        await kiosk.page.emulateMedia(system);
        for (const [name, view] of Object.entries(GUEST_VIEWS)) {
          await kiosk.show(shown(view));
          for (const picture of [0, 255]) {
            assert.deepEqual(await kiosk.page.evaluate(pale, { root: "[data-view]", least: 7, picture }), [], name);
          }
        }
      });
    }
  }

  it("keep the keys of the alphabet at 64 px and more where there is room for them", async (t) => {
    const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.ticket, { width: 600, height: 1024 });
    const keys = { selector: "[data-testid=keyboard] button", least: 64 };
    assert.deepEqual(await kiosk.page.evaluate(small, keys), []);
  });
});
