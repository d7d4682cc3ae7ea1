// Guests whom two gates let in: what staff see of them, and how they decide.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { CONFLICTS, refused, staff } from "./support/views.js";

describe("staff with a guest who was let in twice", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  /** The conflicts' tab, with two open ones. */
  const open = async (t, how) => {
    const kiosk = await StaffSheet.arrive(t, browser, how);
    await kiosk.unlocked({ conflicts: 2 });
    await kiosk.tab("conflicts");
    await kiosk.at("conflict").first().waitFor();
    return kiosk;
  };
  const reads = (kiosk) => kiosk.host.callsOf("staff.conflicts").length;

  it("are called by a mark on the corner, and no name stands in the page while it is locked", async (t) => {
    const kiosk = await StaffSheet.arrive(t, browser);
    assert.equal(await kiosk.at("mark-conflicts").count(), 0);
    await kiosk.change(staff("locked", { conflicts: 2 }));
    assert.ok(await kiosk.at("mark-conflicts").isVisible());
    assert.match(await kiosk.corner(), /2 guests were let in twice/);
    await kiosk.summon();
    const page = await kiosk.everything();
    for (const word of ["Zhang", "Gate B", "Kiosk B2"]) assert.ok(!page.includes(word), `${word} is for staff only`);
    assert.equal(reads(kiosk), 0, "nothing is asked for behind the PIN");
  });

  it("leave nothing of it in the page when they lock", async (t) => {
    const kiosk = await open(t);
    assert.ok((await kiosk.everything()).includes("Kiosk B2"));
    await kiosk.change(staff("locked", { conflicts: 2 }));
    const page = await kiosk.everything();
    for (const word of ["Zhang", "Gate B", "Kiosk B2"]) assert.ok(!page.includes(word), `${word} is for staff only`);
  });

  it("see how many there are, both entries side by side, and which one was made here", async (t) => {
    const kiosk = await open(t);
    assert.equal(await kiosk.at("count-conflicts").innerText(), "2");
    const guest = kiosk.row("conflict", "Zhang Wei");
    assert.match(await guest.getByTestId("entry-first").innerText(), /First entry[^]*10:32[^]*Gate B[^]*Kiosk B2 · Face[^]*Stands/);
    assert.match(await guest.getByTestId("entry-second").innerText(), /Second entry[^]*10:36[^]*Gate A[^]*Kiosk A1 · Ticket code[^]*Made at this kiosk/);
    const [first, second] = [await guest.getByTestId("entry-first").boundingBox(), await guest.getByTestId("entry-second").boundingBox()];
    assert.ok(first.y === second.y && first.x + first.width <= second.x, "the two stand beside each other");
    assert.equal(await guest.getByTestId("late").count(), 0);
    const left = kiosk.row("conflict", "A guest who left the list");
    assert.match(await left.getByTestId("late").innerText(), /earlier at the door/);
  });

  it("see what became of the decided ones, where, and which entry stands", async (t) => {
    const kiosk = await open(t);
    const waits = kiosk.row("conflict", "Lena Hoffmann");
    assert.match(await waits.getByTestId("outcome").innerText(), /taken back[^]*waits to be sent/);
    const promoted = kiosk.row("conflict", CONFLICTS[3].name);
    assert.match(await promoted.getByTestId("outcome").innerText(), /second one stands[^]*Decided at Kiosk B2/);
    assert.equal(await promoted.getByTestId("entry-second").getByTestId("stands").count(), 1);
    for (const guest of [waits, promoted]) assert.equal(await guest.locator("button").count(), 0, "there is nothing to decide");
  });

  const WAYS = [
    ["accept", "came_back", { conflict: "d-1", resolution: "accept", reason: "came_back" }, "the first entry stands"],
    ["take-back", "wrong_ticket", { conflict: "d-1", resolution: "undo", reason: "wrong_ticket" }, "taken back"],
  ];
  for (const [way, reason, params, news] of WAYS) {
    it(`decide with a reason: ${way}`, async (t) => {
      const kiosk = await open(t);
      await kiosk.row("conflict", "Zhang Wei").getByTestId(way).click();
      assert.deepEqual(kiosk.host.callsOf("staff.resolve"), [], "no reason, no decision");
      kiosk.host.replies["staff.conflicts"] = CONFLICTS.slice(1);
      await kiosk.reason(reason);
      assert.deepEqual(await kiosk.called("staff.resolve"), params);
      await kiosk.at("staff-news").getByText(news).waitFor();
      await kiosk.row("conflict", "Zhang Wei").waitFor({ state: "detached" });
      assert.equal(await kiosk.at("reasons").count(), 0);
    });
  }

  it("may think better of it before giving a reason", async (t) => {
    const kiosk = await open(t);
    await kiosk.tap("take-back");
    await kiosk.tap("reason-cancel");
    assert.equal(await kiosk.at("reasons").count(), 0);
    assert.deepEqual(kiosk.host.callsOf("staff.resolve"), []);
  });

  it("are told that somebody else was quicker, and see the list as it is", async (t) => {
    const kiosk = await open(t);
    kiosk.host.replies["staff.resolve"] = refused("staff.unknown_conflict");
    kiosk.host.replies["staff.conflicts"] = [];
    await kiosk.tap("accept");
    await kiosk.reason("document");
    await kiosk.at("staff-news").getByText("decided already").waitFor();
    await kiosk.at("conflicts").getByText("Nothing to decide").waitFor();
  });

  it("see a new one at once while they are there, and on request when the desk was left alone", async (t) => {
    const kiosk = await open(t);
    await kiosk.page.clock.install();
    await kiosk.change(staff("unlocked", { conflicts: 3 }));
    await kiosk.called("staff.conflicts", () => reads(kiosk) === 2);
    await kiosk.change(staff("unlocked", { conflicts: 3, waiting: 1 }));
    await kiosk.page.clock.fastForward(60_000);
    await kiosk.change(staff("unlocked", { conflicts: 4 }));
    await kiosk.at("stale").getByText("has changed").waitFor();
    assert.equal(reads(kiosk), 2, "what nobody looks at does not keep staff mode open");
    await kiosk.tap("refresh");
    await kiosk.at("stale").filter({ hasText: /^$/ }).waitFor({ state: "attached" });
    assert.equal(reads(kiosk), 3);
  });

  it("read it in Chinese as well", async (t) => {
    const kiosk = await open(t, { language: "zh-CN" });
    const guest = kiosk.row("conflict", "Zhang Wei");
    assert.match(await guest.innerText(), /第一次签到[^]*有效[^]*在本机签到[^]*保留第一次签到[^]*撤销第二次签到/);
  });
});
