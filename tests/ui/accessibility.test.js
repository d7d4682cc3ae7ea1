// Every screen in every language and every way of showing colours: nothing that axe-core objects to, no word too faint.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { LANGUAGES } from "./catalogue/languages.js";
import { OTHERS, USUAL, colours } from "./catalogue/schemes.js";
import { STATES, Tour } from "./catalogue/states.js";
import { Axe } from "./support/axe.js";
import { launch } from "./support/browser.js";
import { faint, photograph } from "./support/pixels.js";

/** Results are read from two metres; staff stand before their desk. */
const LEAST_CONTRAST = { guest: { root: "[data-view]", least: 7 }, staff: { root: "[data-staff]", least: 4.5 } };

describe("people who do not see or move like most", { concurrency: 2 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const language of LANGUAGES) {
    it(`find nothing in their way, in ${language}`, async (t) => {
      const tour = await Tour.start(t, browser, { language, pictures: false });
      const { page } = tour.kiosk;
      const axe = await Axe.bring(page);
      for (const state of STATES) {
        await tour.to(state);
        assert.deepEqual(await axe.violations(), [], `${state.area}: ${state.name}`);
        const usual = await page.evaluate(colours);
        // Colours that the system chooses are painted, but not told to programs such as axe.
        for (const [name, scheme] of Object.entries(OTHERS).filter(([, { forcedColors }]) => forcedColors === "none")) {
          await page.emulateMedia(scheme);
          if ((await page.evaluate(colours)) === usual) continue;
          assert.deepEqual(await axe.violations(), [], `${state.area}: ${state.name}, ${name}`);
        }
        await page.emulateMedia(USUAL);
      }
      assert.deepEqual(tour.kiosk.errors, []);
    });
  }

  // Colours do not depend on the language.
  it("can read every word, however their system shows colours", async (t) => {
    const tour = await Tour.start(t, browser, { language: "en", pictures: false });
    const { page } = tour.kiosk;
    for (const state of STATES) {
      await tour.to(state);
      let usual;
      for (const [name, scheme] of Object.entries({ usual: USUAL, ...OTHERS })) {
        await page.emulateMedia(scheme);
        const shown = await page.evaluate(colours);
        if (shown === usual) continue;
        usual ??= shown;
        const words = await faint(page, await photograph(page), LEAST_CONTRAST[state.area]);
        assert.deepEqual(words, [], `${state.area}: ${state.name}, ${name}`);
      }
      await page.emulateMedia(USUAL);
    }
  });

  it("are heard: a page with faults has violations and faint words", async (t) => {
    const { kiosk } = await Tour.start(t, browser, { language: "en", pictures: false });
    const axe = await Axe.bring(kiosk.page);
    await kiosk.page.evaluate(() => {
      const [title] = document.querySelectorAll("[data-view] h2");
      title.style.color = "#333";
      document.querySelector("[data-view]").append(document.createElement("button"));
    });
    assert.match((await axe.violations()).join("\n"), /button-name/);
    const words = await faint(kiosk.page, await photograph(kiosk.page), LEAST_CONTRAST.guest);
    assert.match(words.join("\n"), /Step up and look here.* has a contrast of 1/);
  });
});
