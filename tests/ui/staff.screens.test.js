// Everything that staff may see, on every tablet, in every language: large enough, legible, nothing cut off or overlapping.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { LANGUAGES } from "./catalogue/languages.js";
import { STAFF_STATES, Tour } from "./catalogue/states.js";
import { launch } from "./support/browser.js";
import { faults, pale } from "./support/measure.js";
import { TABLETS, fittings } from "./support/sizes.js";

const ROOT = "[data-staff]";
const LIMITS = { root: ROOT, leastText: 20, leastTarget: 48 };

describe("staff's sheet", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const { size, language } of fittings(TABLETS, LANGUAGES)) {
    it(`has everything large enough and in its place on ${size.width}×${size.height} in ${language}`, async (t) => {
      const tour = await Tour.start(t, browser, { language, size, pictures: false });
      const { page, errors } = tour.kiosk;
      for (const state of STAFF_STATES) {
        await tour.to(state);
        assert.deepEqual(await page.evaluate(faults, LIMITS), [], state.name);
        assert.deepEqual(await page.evaluate(pale, { root: ROOT, least: 7 }), [], state.name);
      }
      assert.deepEqual(errors, []);
    });
  }
});
