// Guests who are not on the list: added at the door, after a look whether they are on it after all.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { faults } from "./support/measure.js";
import { ALIKES } from "./support/staffViews.js";
import { refused } from "./support/views.js";

describe("staff adding a guest", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = async (t, how) => {
    const kiosk = await StaffSheet.arrive(t, browser, how);
    await kiosk.unlocked();
    kiosk.host.replies["staff.search"] = [];
    await kiosk.at("search").click();
    await kiosk.tapKeys([..."mia"]);
    await kiosk.at("rows").getByText("Nobody found").waitFor();
    await kiosk.tap("add-guest");
    await kiosk.at("walk-in").waitFor();
    return kiosk;
  };

  it("begin with the name that they searched for in vain, and are done in a few taps", async (t) => {
    const kiosk = await open(t);
    assert.equal(await kiosk.at("walk-in-name").inputValue(), "Mia");
    await kiosk.page.keyboard.type(" Wagner");
    await kiosk.at("walk-in-phone").click();
    await kiosk.tapKeys([..."4711"]);
    await kiosk.tap("walk-in-go");
    const looked = await kiosk.called("staff.look_alikes");
    assert.deepEqual(looked, { name: "Mia Wagner", phone: "4711" });
    const added = { name: "Mia Wagner", company: null, phone: "4711", note: null };
    assert.deepEqual(await kiosk.called("staff.register"), added);
    await kiosk.at("staff-news").getByText("Mia Wagner was added and is checked in").waitFor();
    await kiosk.at("search").waitFor();
  });

  it("go from line to line with Enter", async (t) => {
    const kiosk = await open(t);
    await kiosk.page.keyboard.press("Enter");
    await kiosk.page.keyboard.type("Harbour Architects");
    await kiosk.page.keyboard.press("Enter");
    await kiosk.page.keyboard.press("Enter");
    await kiosk.page.keyboard.type("Table 9");
    await kiosk.page.keyboard.press("Enter");
    const added = { name: "Mia", company: "Harbour Architects", phone: null, note: "Table 9" };
    assert.deepEqual(await kiosk.called("staff.register"), added);
  });

  it("are shown who may be the same, before anybody is added", async (t) => {
    const kiosk = await open(t);
    kiosk.host.replies["staff.look_alikes"] = ALIKES;
    await kiosk.tap("walk-in-go");
    await kiosk.at("look-alikes").getByText("Same name and same phone digits").waitFor();
    assert.deepEqual(kiosk.host.callsOf("staff.register"), []);
    kiosk.host.replies["staff.check_in"] = { kind: "recorded", check_in: "c-9" };
    await kiosk.row("guest", "Zhang Wei").getByTestId("check-in").click();
    await kiosk.reason("document");
    assert.deepEqual(await kiosk.called("staff.check_in"), { attendee: "a-1", reason: "document" });
    await kiosk.at("staff-news").getByText("Zhang Wei is checked in").waitFor();
    assert.deepEqual(kiosk.host.callsOf("staff.register"), [], "the guest was on the list");
  });

  it("add somebody else of the same name all the same", async (t) => {
    const kiosk = await open(t);
    kiosk.host.replies["staff.look_alikes"] = ALIKES;
    await kiosk.tap("walk-in-go");
    await kiosk.tap("add-anyway");
    assert.equal((await kiosk.called("staff.register")).name, "Mia");
  });

  it("keep what they typed when something is wrong with it", async (t) => {
    const kiosk = await open(t);
    kiosk.host.replies["staff.look_alikes"] = refused("staff.phone_short");
    await kiosk.at("walk-in-phone").click();
    await kiosk.tapKeys([..."12"]);
    await kiosk.tap("walk-in-go");
    await kiosk.at("staff-news").getByText("at least four digits").waitFor();
    assert.equal(await kiosk.at("walk-in-name").inputValue(), "Mia");
    await kiosk.at("walk-in-name").fill(" ");
    assert.ok(await kiosk.at("walk-in-go").isDisabled(), "nobody is added without a name");
  });

  for (const [width, height] of [[1024, 600], [600, 1024]]) {
    for (const language of ["en", "zh-CN", "de"]) {
      it(`find everything in its place on ${width}×${height} in ${language}`, async (t) => {
        const kiosk = await StaffSheet.arrive(t, browser, { size: { width, height }, language });
        const limits = { root: "[data-staff]", leastText: 20, leastTarget: 48 };
        await kiosk.unlocked();
        await kiosk.search("zhang");
        await kiosk.tap("add-guest");
        await kiosk.at("walk-in").waitFor();
        assert.deepEqual(await kiosk.page.evaluate(faults, limits), [], "who it is");
        kiosk.host.replies["staff.look_alikes"] = ALIKES;
        await kiosk.tap("walk-in-go");
        await kiosk.at("look-alikes").waitFor();
        assert.deepEqual(await kiosk.page.evaluate(faults, limits), [], "who it may be");
      });
    }
  }
});
