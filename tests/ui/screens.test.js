// Every guest's screen, in every language, on every size of kiosk: large enough, legible, nothing cut off or overlapping.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { LANGUAGES } from "./catalogue/languages.js";
import { GUEST_STATES, Tour } from "./catalogue/states.js";
import { GuestScreen } from "./pages/guestScreen.js";
import { launch } from "./support/browser.js";
import { faults, lengthen, pale, small } from "./support/measure.js";
import { SIZES, TABLETS } from "./support/sizes.js";
import { GUEST_VIEWS } from "./support/views.js";

const GUEST_LIMITS = { root: "main", leastText: 24, leastTarget: 48 };
/** What guests aim for; keys of the whole alphabet may be a little smaller on a 7-inch panel that lies. */
const MAIN_TARGETS = { selector: "button.main, button.quiet, [data-testid=keypad] button", least: 64 };

describe("guests' screens", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const size of SIZES) {
    for (const language of LANGUAGES) {
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
  }

  for (const size of TABLETS) {
    it(`leave room for words as long as German ones on ${size.width}×${size.height}`, async (t) => {
      const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.idle, size);
      for (const [name, view] of Object.entries(GUEST_VIEWS)) {
        // Another screen in between, so that each is set up with texts of its own.
        await kiosk.show(view.guest.kind === "trouble" ? GUEST_VIEWS.identifying : GUEST_VIEWS.trouble);
        await kiosk.show(view);
        await kiosk.page.evaluate(lengthen, { root: "[data-view] > :not(header)" });
        assert.deepEqual(await kiosk.page.evaluate(faults, GUEST_LIMITS), [], name);
      }
    });
  }

  it("keep the keys of the alphabet at 64 px and more where there is room for them", async (t) => {
    const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.ticket, { width: 600, height: 1024 });
    const keys = { selector: "[data-testid=keyboard] button", least: 64 };
    assert.deepEqual(await kiosk.page.evaluate(small, keys), []);
  });
});
