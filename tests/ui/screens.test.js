// Every guest's screen, in every language, on every size of kiosk: large enough, legible, nothing cut off or overlapping.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { GuestScreen } from "./pages/guestScreen.js";
import { launch } from "./support/browser.js";
import { faults, pale } from "./support/measure.js";
import { GUEST_VIEWS, LOOKS } from "./support/views.js";

/** From a 7-inch panel to a 27-inch screen, lying and standing. */
const SIZES = [
  [1280, 800],
  [800, 1280],
  [1024, 600],
  [600, 1024],
  [1920, 1080],
  [1080, 1920],
];
const LANGUAGES = ["en", "zh-CN", "de"];
const ROOT = "main";
const GUEST_LIMITS = { root: ROOT, leastText: 24, leastTarget: 48 };

const spoken = (view, language) => ({
  ...view,
  languages: [language, ...LANGUAGES.filter((other) => other !== language)],
});

describe("guests' screens", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const [width, height] of SIZES) {
    for (const language of LANGUAGES) {
      it(`fit ${width}×${height} in ${language}`, async (t) => {
        const kiosk = await GuestScreen.open(t, browser, spoken(GUEST_VIEWS.idle, language), { width, height });
        for (const [name, view] of Object.entries(GUEST_VIEWS)) {
          await kiosk.show(spoken(view, language));
          assert.equal(await kiosk.kind(), view.guest.kind, "the screen follows the view");
          assert.equal(await kiosk.language(), language, "the kiosk speaks its own language first");
          assert.deepEqual(await kiosk.page.evaluate(faults, GUEST_LIMITS), [], name);
        }
        assert.deepEqual(kiosk.errors, []);
      });
    }
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

  it("keep their main targets at 64 px and more", async (t) => {
    const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.idle, { width: 600, height: 1024 });
    const main = "button.main, button.quiet, [data-testid=keypad] button, [data-testid=keyboard] button";
    for (const [name, view] of Object.entries(GUEST_VIEWS)) {
      await kiosk.show(view);
      const small = await kiosk.page.evaluate(
        (selector) =>
          [...document.querySelectorAll(selector)]
            .map((button) => button.getBoundingClientRect())
            .filter(({ width, height }) => width < 63.5 || height < 63.5).length,
        main,
      );
      assert.equal(small, 0, name);
    }
  });
});
