// How the event goes, and the guests who need somebody.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { faults } from "./support/measure.js";
import { LIVE, NOT_BEGUN } from "./support/staffViews.js";
import { LOOKS, refused, staff } from "./support/views.js";

describe("staff watching the event", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = async (t, how) => {
    const kiosk = await StaffSheet.arrive(t, browser, how);
    await kiosk.unlocked();
    await kiosk.tab("live");
    await kiosk.at("inside").waitFor();
    return kiosk;
  };
  /** How many points of the chart's canvas have a colour. */
  const painted = (kiosk, testid) =>
    kiosk.at(testid).locator("canvas").evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 3; at < data.length; at += 4) if (data[at] > 0) count += 1;
      return count;
    });

  it("see who is in, by which gate and how", async (t) => {
    const kiosk = await open(t);
    assert.match(await kiosk.at("inside").innerText(), /742\s+of 1,280 guests are in \(58%\)/);
    assert.match(await kiosk.at("by-gate").innerText(), /Gate A\s+455[^]*Gate not known\s+17/);
    assert.match(await kiosk.at("by-method").innerText(), /Face\s+320[^]*Ticket code\s+98[^]*Staff\s+16/);
    assert.match(await kiosk.at("outcome-totals").innerText(), /Recognised\s+320[^]*Possibly a picture held up\s+2/);
  });

  it("see arrivals and recognition as charts, and as tables", async (t) => {
    const kiosk = await open(t);
    for (const testid of ["arrivals", "outcomes"]) {
      assert.ok((await painted(kiosk, testid)) > 1_000, `${testid} has something to show`);
    }
    assert.match(await kiosk.at("arrivals").getByRole("img").getAttribute("aria-label"), /\d+ guests came in the last ten minutes/);
    await kiosk.tap("arrivals-table");
    const rows = kiosk.at("arrivals").getByRole("row");
    assert.equal(await rows.count(), LIVE.arrivals.length + 1, "one row for every minute with arrivals");
    const newest = LIVE.arrivals.at(-1);
    assert.match(await rows.nth(1).innerText(), new RegExp(`\\s${newest.guests}$`));
    await kiosk.tap("outcomes-table");
    assert.match(await kiosk.at("outcomes").getByRole("row").first().innerText(), /Time\s+Recognised[^]*Staff called/);
    await kiosk.tap("arrivals-table");
    await kiosk.at("arrivals").locator("canvas").waitFor();
  });

  it("see charts in the colours of the sheet, also when these change", async (t) => {
    const kiosk = await open(t);
    const ink = () => kiosk.at("arrivals").locator("canvas").evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const accent = getComputedStyle(canvas.closest("[data-theme]")).getPropertyValue("--accent").trim();
      const wanted = [1, 3, 5].map((at) => parseInt(accent.slice(at, at + 2), 16));
      let count = 0;
      for (let at = 0; at < data.length; at += 4) if (wanted.every((value, part) => data[at + part] === value)) count += 1;
      return { accent, count };
    });
    const dark = await ink();
    assert.ok(dark.count > 1_000, `bars are painted in ${dark.accent}`);
    await kiosk.change({ looks: { ...LOOKS, staff_theme: "light" } });
    await kiosk.page.locator('[data-staff][data-theme="light"]').waitFor();
    await kiosk.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const light = await ink();
    assert.notEqual(light.accent, dark.accent);
    assert.ok(light.count > 1_000, `bars are painted anew in ${light.accent}`);
  });

  it("work through the guests who needed somebody, without a word about who it was", async (t) => {
    const kiosk = await open(t);
    assert.match(await kiosk.at("needs").innerText(), /4 guests needed somebody[^]*called for staff[^]*picture held up/);
    assert.equal(await kiosk.at("needs").locator("img").count(), 0);
    kiosk.host.replies["staff.live"] = { ...LIVE, needs: LIVE.needs.slice(1), open_needs: 3 };
    await kiosk.tap("attend");
    assert.deepEqual(await kiosk.called("staff.attend"), { need: 12 });
    await kiosk.at("needs").getByText("3 guests needed somebody").waitFor();
    await kiosk.at("staff-news").getByText("Thank you").waitFor();
    kiosk.host.replies["staff.attend"] = refused("staff.unknown_need");
    await kiosk.tap("attend");
    await kiosk.at("staff-news").getByText("looked after this already").waitFor();
  });

  it("see a guest who needs somebody at once", async (t) => {
    const kiosk = await open(t);
    const before = kiosk.host.callsOf("staff.live").length;
    kiosk.host.replies["staff.live"] = { ...LIVE, needs: [{ need: 13, kind: "fact_refused", at: LIVE.at }, ...LIVE.needs], open_needs: 5 };
    await kiosk.change(staff("unlocked", { attention: 1 }));
    await kiosk.at("needs").getByText("phone digits did not match").waitFor();
    assert.equal(kiosk.host.callsOf("staff.live").length, before + 1);
  });

  it("let staff mode close: nothing is read by itself once they have left", async (t) => {
    const kiosk = await StaffSheet.arrive(t, browser);
    await kiosk.unlocked();
    await kiosk.stopClock();
    await kiosk.tab("live");
    await kiosk.at("inside").waitFor();
    await kiosk.pass(29_000);
    const here = kiosk.host.callsOf("staff.live").length;
    assert.ok(here >= 2, "the figures are read again while staff are here");
    await kiosk.pass(300_000);
    assert.equal(kiosk.host.callsOf("staff.live").length, here);
  });

  it("see an event that has not begun", async (t) => {
    const kiosk = await StaffSheet.arrive(t, browser);
    kiosk.host.replies["staff.live"] = NOT_BEGUN;
    await kiosk.unlocked();
    await kiosk.tab("live");
    assert.match(await kiosk.at("inside").innerText(), /0\s+of 0 guests are in \(0%\)/);
    assert.match(await kiosk.at("live").innerText(), /Nobody is waiting[^]*Nobody is in yet/);
    await kiosk.tap("arrivals-table");
    await kiosk.at("arrivals").getByText("Nothing happened").waitFor();
    assert.deepEqual(kiosk.errors, []);
  });

  for (const [width, height] of [[1024, 600], [600, 1024], [1920, 1080]]) {
    for (const language of ["en", "zh-CN", "de"]) {
      it(`find everything in its place on ${width}×${height} in ${language}`, async (t) => {
        const kiosk = await open(t, { size: { width, height }, language });
        const limits = { root: "[data-staff]", leastText: 20, leastTarget: 48 };
        assert.deepEqual(await kiosk.page.evaluate(faults, limits), [], "charts");
        await kiosk.tap("arrivals-table");
        await kiosk.tap("outcomes-table");
        assert.deepEqual(await kiosk.page.evaluate(faults, limits), [], "tables");
        assert.deepEqual(kiosk.errors, []);
      });
    }
  }
});
