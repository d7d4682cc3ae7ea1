// Staff mode's door: the ways in, the PIN, the ways out, and that nothing of the desk stays behind.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { GUEST_VIEWS, ROWS, refused, staff } from "./support/views.js";

describe("staff at the door", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = (t, lock) => StaffSheet.arrive(t, browser, { lock });

  it("come in by holding the corner, and not by touching it", async (t) => {
    const kiosk = await open(t);
    await kiosk.stopClock();
    assert.equal(await kiosk.at("attention").innerText(), "2", "two guests have needed a person");
    await kiosk.at("staff-corner").hover();
    await kiosk.page.mouse.down();
    await kiosk.pass(800);
    await kiosk.page.mouse.up();
    await kiosk.pass(2_000);
    assert.equal(await kiosk.stage(), null);
    await kiosk.page.mouse.down();
    await kiosk.pass(1_300);
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
    await kiosk.page.keyboard.type("2468", { delay: 60 });
    await kiosk.page.keyboard.press("Enter");
    assert.deepEqual(await kiosk.called("staff.unlock"), { pin: "2468" });
  });

  it("speak their own language, whatever the guest speaks, and leave the guest theirs", async (t) => {
    const kiosk = await open(t);
    await kiosk.at("language").locator("[data-language=zh-CN]").click();
    await kiosk.summon();
    const title = () => kiosk.sheet().getAttribute("aria-label");
    assert.equal(await title(), "Staff");
    await kiosk.sheet().locator("[data-language=de]").click();
    assert.equal(await title(), "Team");
    await kiosk.tap("pin-close");
    assert.equal(await kiosk.page.locator("html").getAttribute("lang"), "zh-CN");
  });

  it("lose no guess to a guest who holds a ticket under the scanner", async (t) => {
    const kiosk = await open(t);
    await kiosk.summon();
    await kiosk.scan("20391234");
    assert.deepEqual(await kiosk.called("guest.enter_ticket"), { code: "20391234", other_reading: null });
    await kiosk.tapKeys([..."2468"]);
    await kiosk.tap("pin-enter");
    assert.deepEqual(await kiosk.called("staff.unlock"), { pin: "2468" }, "no digit of the ticket before it");
    assert.equal(kiosk.host.callsOf("staff.unlock").length, 1);
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
    await notice.getByText(/in (30|29|28) seconds/).waitFor();
    kiosk.host.replies["staff.unlock"] = refused("staff.locked_out", 930);
    await kiosk.tapKeys([..."5678"]);
    await kiosk.tap("pin-enter");
    await notice.getByText("in 16 minutes").waitFor();
    assert.equal(await kiosk.stage(), "pin");
  });

  it("name the first supervisor and choose their PIN by typing it twice", async (t) => {
    const kiosk = await open(t, "unset");
    await kiosk.summon();
    assert.ok(await kiosk.at("name-next").isDisabled(), "nobody has no name");
    await kiosk.typeLine("mara l");
    assert.equal(await kiosk.line(), "mara l");
    await kiosk.page.keyboard.press("Enter");
    await kiosk.sheet().getByText("mara l, choose your PIN").waitFor();
    for (const [pin, notice] of [["2468", ""], ["1357", "differ"], ["2468", ""], ["2468", ""]]) {
      await kiosk.tapKeys([...pin]);
      await kiosk.tap("pin-enter");
      assert.ok((await kiosk.at("pin-notice").innerText()).includes(notice), pin);
    }
    assert.deepEqual(await kiosk.called("staff.choose_pin"), { name: "mara l", pin: "2468" });
  });

  it("learn nothing of the staff before they have unlocked", async (t) => {
    const kiosk = await open(t);
    await kiosk.unlocked();
    await kiosk.tab("staff");
    await kiosk.row("member", "Tobias Keller").waitFor();
    await kiosk.change(staff("locked"));
    assert.equal(await kiosk.stage(), "pin");
    const page = await kiosk.everything();
    for (const name of ["Mara", "Tobias", "陈静"]) assert.ok(!page.includes(name), name);
  });

  it("who walk away from the PIN pad leave the screen to guests", async (t) => {
    const kiosk = await open(t);
    await kiosk.stopClock();
    await kiosk.summon();
    await kiosk.pass(21_000);
    await kiosk.sheet().waitFor({ state: "detached" });
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
    await kiosk.called("staff.search", ({ query }) => query === "zhangw");
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
    await kiosk.page.keyboard.type("7777", { delay: 60 });
    await kiosk.page.keyboard.press("Enter");
    await kiosk.called("staff.unlock");
    assert.equal(await kiosk.page.locator("[data-view]").getAttribute("inert"), "");
    assert.deepEqual(kiosk.host.callsOf("guest.enter_ticket"), [], "the PIN is no ticket");
  });
});
