// Staff mode: the way in, the desk, and that nothing of it stays behind.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { faults } from "./support/measure.js";
import { GUEST_VIEWS, QUEUE, RECENT, ROWS, staff, view } from "./support/views.js";

const refused = (code, seconds = null) => ({ failure: { code, recovery: "guide", retry_after_seconds: seconds } });

describe("staff", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  async function open(t, lock = "locked", { size, language = "en" } = {}) {
    const idle = view({ kind: "idle" }, { ...staff(lock, { attention: 2 }), languages: [language] });
    const kiosk = await StaffSheet.open(t, browser, idle, size);
    kiosk.host.replies = { "staff.search": ROWS, "staff.recent": RECENT, "staff.queue": QUEUE };
    return kiosk;
  }

  it("come in by holding the corner, and not by touching it", async (t) => {
    const kiosk = await open(t);
    await kiosk.page.clock.install();
    assert.equal(await kiosk.at("attention").innerText(), "2", "two guests have needed a person");
    await kiosk.at("staff-corner").hover();
    await kiosk.page.mouse.down();
    await kiosk.page.clock.fastForward(800);
    await kiosk.page.mouse.up();
    await kiosk.page.clock.fastForward(2_000);
    assert.equal(await kiosk.stage(), null);
    await kiosk.page.mouse.down();
    await kiosk.page.clock.fastForward(1_300);
    await kiosk.sheet().waitFor();
    assert.equal(await kiosk.stage(), "pin");
  });

  it("open the desk with the PIN, which is never shown", async (t) => {
    const kiosk = await open(t);
    await kiosk.summon();
    await kiosk.tapKeys([..."90817"]);
    assert.ok(!(await kiosk.everything()).includes("90817"));
    await kiosk.tap("pin-enter");
    assert.deepEqual(await kiosk.called("staff.unlock"), { pin: "90817" });
    await kiosk.change(staff("unlocked"));
    assert.equal(await kiosk.stage(), "sheet");
  });

  it("may type the PIN on a hardware keyboard", async (t) => {
    const kiosk = await open(t);
    await kiosk.summon();
    await kiosk.page.keyboard.type("2468");
    await kiosk.page.keyboard.press("Enter");
    assert.deepEqual(await kiosk.called("staff.unlock"), { pin: "2468" });
  });

  it("hear that a PIN was wrong or too short, and how long to wait after too many", async (t) => {
    const kiosk = await open(t);
    const notice = kiosk.at("pin-notice");
    await kiosk.summon();
    await kiosk.tapKeys([..."12"]);
    await kiosk.tap("pin-enter");
    assert.match(await notice.innerText(), /4 to 12 digits/);
    kiosk.host.replies["staff.unlock"] = refused("staff.pin_wrong");
    await kiosk.tapKeys([..."34"]);
    await kiosk.tap("pin-enter");
    await notice.getByText("not right").waitFor();
    kiosk.host.replies["staff.unlock"] = refused("staff.locked_out", 30);
    await kiosk.tapKeys([..."5678"]);
    await kiosk.tap("pin-enter");
    await notice.getByText(/in (30|29|28) s/).waitFor();
    assert.equal(await kiosk.stage(), "pin");
  });

  it("choose the first PIN by typing it twice", async (t) => {
    const kiosk = await open(t, "unset");
    await kiosk.summon();
    for (const [pin, notice] of [["2468", ""], ["1357", "differ"], ["2468", ""], ["2468", ""]]) {
      await kiosk.tapKeys([...pin]);
      await kiosk.tap("pin-enter");
      assert.ok((await kiosk.at("pin-notice").innerText()).includes(notice), pin);
    }
    assert.deepEqual(await kiosk.called("staff.choose_pin"), { pin: "2468" });
  });

  it("who walk away from the PIN pad leave the screen to guests", async (t) => {
    const kiosk = await open(t);
    await kiosk.page.clock.install();
    await kiosk.summon();
    await kiosk.page.clock.fastForward(21_000);
    await kiosk.sheet().waitFor({ state: "detached" });
  });

  it("find a guest and check them in by hand, with a reason", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.search("zhang");
    assert.deepEqual(kiosk.host.callsOf("staff.search").at(-1), { query: "zhang" });
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
    await kiosk.page.keyboard.type("lena", { delay: 10 });
    await kiosk.at("guest").first().waitFor();
    assert.deepEqual(kiosk.host.callsOf("staff.search"), [{ query: "lena" }]);
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

  it("see what waits, what was refused and why", async (t) => {
    const kiosk = await open(t);
    await kiosk.summon();
    await kiosk.change(staff("unlocked", { waiting: 2 }));
    await kiosk.tab("queue");
    await kiosk.at("connection").getByText("No network").waitFor();
    assert.match(await kiosk.at("last-success").innerText(), /10:32/);
    assert.match(await kiosk.at("parked").innerText(), /Priya Raman[^]*unknown attendee/);
    assert.equal(await kiosk.at("waiting").count(), 2);
    kiosk.host.replies["staff.queue"] = { ...QUEUE, waiting: 0, entries: [], parked: [], connection: "online" };
    await kiosk.change(staff("unlocked", { waiting: 0 }));
    await kiosk.tap("refresh");
    await kiosk.at("connection").getByText("Connected").waitFor();
    await kiosk.at("queue").getByText("Everything has been sent").waitFor();
  });

  it("lock the desk by closing it, and nothing they saw stays in the page", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.search("zhang");
    await kiosk.tap("staff-close");
    await kiosk.called("staff.lock");
    await kiosk.change(staff("locked"));
    assert.equal(await kiosk.stage(), null);
    assert.ok(!(await kiosk.everything()).includes("Zhang"));
  });

  it("find the PIN pad again after the kiosk has locked itself, without what they saw", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.search("zhang");
    let answer;
    kiosk.host.replies["staff.search"] = () => new Promise((resolve) => (answer = resolve));
    await kiosk.tapKeys(["w"]);
    while (!answer) await kiosk.page.evaluate(() => new Promise(requestAnimationFrame));
    await kiosk.change(staff("locked"));
    answer(ROWS);
    assert.equal(await kiosk.stage(), "pin");
    await kiosk.change(staff("locked"));
    assert.ok(!(await kiosk.everything()).includes("Zhang"), "a late answer is dropped");
  });

  it("find the desk again after the window was reloaded, since the host knows that it is open", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.page.reload();
    await kiosk.sheet().waitFor();
    assert.equal(await kiosk.stage(), "sheet");
  });

  it("keep guests' screen out of reach while the sheet is open", async (t) => {
    const kiosk = await open(t);
    await kiosk.summon();
    await kiosk.show({ ...GUEST_VIEWS.ticket, ...staff("locked") });
    await kiosk.page.keyboard.type("7777");
    await kiosk.page.keyboard.press("Enter");
    await kiosk.called("staff.unlock");
    assert.equal(await kiosk.page.locator("[data-view]").getAttribute("inert"), "");
    assert.deepEqual(kiosk.host.callsOf("guest.enter_ticket"), [], "the PIN is no ticket");
  });

  for (const [width, height] of [[1280, 800], [800, 1280], [1024, 600], [600, 1024]]) {
    for (const language of ["en", "zh-CN"]) {
      it(`find everything large enough and in its place on ${width}×${height} in ${language}`, async (t) => {
        const kiosk = await open(t, "locked", { size: { width, height }, language });
        const check = async (name) => {
          const limits = { root: "[data-staff]", leastText: 20, leastTarget: 48 };
          assert.deepEqual(await kiosk.page.evaluate(faults, limits), [], name);
        };
        await kiosk.summon();
        await check("PIN");
        await kiosk.change(staff("unlocked", { waiting: 2 }));
        await kiosk.search("zhang");
        await check("guests");
        await kiosk.tap("check-in");
        await check("reasons");
        await kiosk.tab("recent");
        await kiosk.at("recent").waitFor();
        await check("last check-ins");
        await kiosk.tap("correct");
        await kiosk.search("wei");
        await check("correction");
        await kiosk.tab("queue");
        await kiosk.at("connection").waitFor();
        await check("queue");
      });
    }
  }
});
