// Staff's desk: finding guests, checking in by hand, taking back, putting right.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { ROWS, refused } from "./support/views.js";

describe("staff at the desk", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = (t, how) => StaffSheet.arrive(t, browser, how);

  it("find a guest and check them in by hand, with a reason", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.search("zhang");
    kiosk.host.replies["staff.check_in"] = { kind: "recorded", check_in: "c-9" };
    await kiosk.row("guest", "Zhang Wei").getByTestId("check-in").click();
    assert.equal(kiosk.host.callsOf("staff.check_in").length, 0, "no reason, no check-in");
    await kiosk.reason("document");
    assert.deepEqual(await kiosk.called("staff.check_in"), { attendee: "a-1", reason: "document" });
    await kiosk.at("staff-news").getByText("Zhang Wei is checked in").waitFor();
    assert.equal(await kiosk.at("reasons").count(), 0);
  });

  it("search with a hardware keyboard too, one question for a burst of keys", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.stopClock();
    await kiosk.page.keyboard.type("lena");
    await kiosk.pass(500);
    await kiosk.at("guest").first().waitFor();
    assert.deepEqual(kiosk.host.callsOf("staff.search"), [{ query: "lena" }]);
    await kiosk.page.clock.resume();
    kiosk.host.replies["staff.search"] = [];
    await kiosk.page.keyboard.type("x");
    await kiosk.at("rows").getByText("Nobody found for “lenax”").waitFor();
  });

  it("take a check-in back from the guest's row", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.search("zhang");
    await kiosk.row("guest", "Zhang Weimin").getByTestId("undo").click();
    await kiosk.reason("mistake");
    assert.deepEqual(await kiosk.called("staff.undo"), { check_in: "c-2", reason: "mistake" });
    const elsewhere = kiosk.row("guest", ROWS[2].name);
    assert.equal(await elsewhere.getByTestId("undo").count(), 0, "what another kiosk wrote is not undone here");
  });

  it("may think better of it before giving a reason", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.search("zhang");
    await kiosk.row("guest", "Zhang Wei").getByTestId("check-in").click();
    await kiosk.tap("reason-cancel");
    assert.equal(await kiosk.at("reasons").count(), 0);
    assert.deepEqual(kiosk.host.callsOf("staff.check_in"), []);
  });

  it("put a wrong match right", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.tab("recent");
    await kiosk.row("check-in-row", "Lena Hoffmann").getByTestId("correct").click();
    await kiosk.search("wei");
    kiosk.host.replies["staff.correct"] = { kind: "recorded", check_in: "c-9" };
    await kiosk.row("guest", "Zhang Wei").getByTestId("pick").click();
    await kiosk.reason("wrong_person");
    const params = await kiosk.called("staff.correct");
    assert.deepEqual(params, { check_in: "c-4", attendee: "a-1", reason: "wrong_person" });
    await kiosk.at("staff-news").getByText("Zhang Wei is checked in instead").waitFor();
    await kiosk.at("recent").waitFor();
  });

  it("are told why a correction was refused, and may choose another guest", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.tab("recent");
    await kiosk.row("check-in-row", "Lena Hoffmann").getByTestId("correct").click();
    await kiosk.search("wei");
    kiosk.host.replies["staff.correct"] = refused("staff.same_guest");
    await kiosk.row("guest", "Zhang Wei").getByTestId("pick").click();
    await kiosk.reason("mistake");
    await kiosk.at("staff-news").getByText("Choose another one").waitFor();
    assert.equal(await kiosk.at("correction").count(), 1);
  });

  it("undo one of the last check-ins, but not one that is undone", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.tab("recent");
    assert.equal(await kiosk.row("check-in-row", "Kwame Mensah").getByTestId("undo").count(), 0);
    await kiosk.row("check-in-row", "Zhang Weimin").getByTestId("undo").click();
    await kiosk.reason("left");
    assert.deepEqual(await kiosk.called("staff.undo"), { check_in: "c-2", reason: "left" });
    await kiosk.at("staff-news").getByText("taken back").waitFor();
    assert.equal(kiosk.host.callsOf("staff.recent").length, 2, "the list is read again");
  });
});
