// A guest who has one switch and nothing else: the focus goes round by itself, and each press presses what has it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { GuestScreen } from "./pages/guestScreen.js";
import { TAB } from "./pages/kioskPage.js";
import { OneSwitch } from "./pages/oneSwitch.js";
import { launch } from "./support/browser.js";
import { GUEST_VIEWS, forNextGuest, staff } from "./support/views.js";

describe("one switch", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = (t, name = "idle", size = undefined) => OneSwitch.open(t, browser, name, size);

  for (const key of ["Enter", " "]) {
    it(`leads from the invitation by ticket to a person, with ${key === " " ? "Space" : key}`, async (t) => {
      const guest = await open(t);
      guest.key = key;
      guest.leads("guest.use_ticket", "ticket");
      guest.leads("guest.enter_ticket", "not found, ticket");
      guest.leads("guest.call_staff", "staff called");
      await guest.press();
      await guest.choose("use-ticket");
      await guest.shown("ticket");
      assert.equal(await guest.lit(), "1234567890", "the keys come first, row by row");
      await guest.chooseKey("K");
      assert.equal(await guest.lit(), "1234567890", "and begin anew after each");
      await guest.chooseKey("7");
      await guest.choose("ticket-go");
      assert.deepEqual(await guest.kiosk.called("guest.enter_ticket"), { code: "K7", other_reading: null });
      await guest.shown("not_found");
      assert.equal(await guest.lit(), "use-ticket", "it goes on with what the next screen is about");
      await guest.choose("call-staff");
      await guest.shown("staff_called");
      const { calls } = guest.kiosk.host;
      const done = calls.map(({ method }) => method).filter((method) => !["guest.touched", "preview.painted"].includes(method));
      assert.deepEqual(done, ["guest.use_ticket", "guest.enter_ticket", "guest.call_staff"], "each once");
    });
  }

  it("answers the second question", async (t) => {
    const guest = await open(t, "confirm");
    await guest.press();
    assert.equal(await guest.lit(), "123");
    for (const digit of "2086") await guest.chooseKey(digit);
    assert.deepEqual(await guest.kiosk.called("guest.enter_fact"), { digits: "2086" });
  });

  it("reads what is to be agreed to, and agrees", async (t) => {
    const guest = await open(t, "consent", { width: 1024, height: 600 });
    const text = guest.kiosk.at("consent-text");
    await text.waitFor();
    const rest = () => text.evaluate((it) => it.scrollHeight - it.clientHeight - it.scrollTop);
    assert.ok((await rest()) > 20, "there is more of it than its place holds");
    await guest.press();
    await guest.until("consent-text");
    for (let press = 0; press < 20 && (await rest()) > 1; press += 1) {
      await guest.press();
      await guest.step();
      assert.equal(await guest.lit(), "consent-text", "reading takes longer than a step");
    }
    assert.ok((await rest()) <= 1, "read to its end");
    await guest.press();
    await guest.choose("consent-tick");
    await guest.choose("consent-agree");
    assert.equal((await guest.kiosk.called("guest.agree")).ticked, true);
  });

  it("shows where it is: the focus, with a ring", async (t) => {
    const guest = await open(t, "not found, face");
    await guest.press();
    const seen = new Set();
    const targets = await guest.kiosk.page.locator("[data-view] button").count();
    for (let step = 0; step < targets; step += 1) {
      const lit = await guest.lit();
      assert.equal(await guest.focused(), lit);
      const ring = await guest.kiosk.page.evaluate(() => getComputedStyle(document.querySelector("[data-lit]")).outlineStyle);
      assert.equal(ring, "solid", lit);
      seen.add(lit);
      await guest.step();
    }
    assert.equal(seen.size, targets, "every control and nothing else");
    assert.equal(await guest.lit(), "use-ticket", "round and round");
  });

  it("ends after two rounds that nobody pressed, keeps no screen open, and begins again", async (t) => {
    const guest = await open(t, "not found, face");
    await guest.press();
    await guest.kiosk.called("guest.touched");
    guest.kiosk.host.calls.length = 0;
    const targets = await guest.kiosk.page.locator("[data-view] button").count();
    for (let step = 1; step < 2 * targets; step += 1) await guest.step();
    assert.notEqual(await guest.lit(), "");
    await guest.step();
    assert.deepEqual([await guest.lit(), await guest.focused()], ["", null]);
    assert.deepEqual(guest.kiosk.host.callsOf("guest.touched"), []);
    await guest.press();
    assert.equal(await guest.lit(), "use-ticket");
    await guest.kiosk.called("guest.touched");
    assert.deepEqual(guest.kiosk.host.callsOf("guest.use_ticket"), []);
  });

  it("ends with whoever uses keys, a finger or staff's door", async (t) => {
    const guest = await open(t, "not found, face");
    const ends = {
      arrow: () => guest.press("ArrowRight"),
      tab: () => guest.press("Tab"),
      letter: () => guest.press("x"),
      finger: () => guest.kiosk.page.mouse.click(640, 30),
    };
    for (const [name, end] of Object.entries(ends)) {
      await guest.kiosk.page.evaluate(() => document.activeElement?.blur());
      await guest.step();
      await guest.press();
      assert.notEqual(await guest.lit(), "", name);
      await end();
      assert.equal(await guest.lit(), "", name);
    }
    await guest.step();
    await guest.kiosk.page.evaluate(() => document.activeElement?.blur());
    await guest.press();
    await guest.show({ ...GUEST_VIEWS["not found, face"], ...staff("unlocked") });
    await guest.kiosk.at("staff-close").waitFor();
    assert.equal(await guest.lit(), "");
  });

  it("ends with the guest, and leaves the next one no focus to press", async (t) => {
    const guest = await open(t, "already in");
    await guest.press();
    assert.equal(await guest.lit(), "dismiss");
    await guest.show(forNextGuest(GUEST_VIEWS["not found, face"]));
    assert.deepEqual([await guest.lit(), await guest.focused()], ["", null]);
    await guest.step();
    await guest.press();
    await guest.step();
    await guest.show(GUEST_VIEWS.idle);
    assert.deepEqual([await guest.lit(), await guest.focused()], ["", null], "a screen that closes by itself is left behind");
  });

  it("is not handed to whoever stands there when a screen closes, or is recognised at the invitation", async (t) => {
    const guest = await open(t, "not found, face");
    await guest.press();
    await guest.step();
    await guest.show(GUEST_VIEWS["approaching, hint"]);
    assert.deepEqual([await guest.lit(), await guest.focused()], ["", null], "who was next in line is before the glass");
    await guest.press();
    await guest.step();
    await guest.show(GUEST_VIEWS.welcome);
    assert.deepEqual([await guest.lit(), await guest.focused()], ["", null], "a companion was recognised");
  });

  it("leaves the focus to whoever goes back with two switches or a keyboard", async (t) => {
    const guest = await open(t, "staff called");
    guest.leads("guest.dismiss", "idle");
    await guest.press("ArrowLeft");
    while ((await guest.focused()) !== "dismiss") await guest.press("ArrowLeft");
    await guest.press();
    await guest.shown("idle");
    assert.deepEqual([await guest.lit(), await guest.focused()], ["", "use-ticket"]);
  });

  it("goes on at the invitation for whoever went back there, in the language that they chose", async (t) => {
    const guest = await open(t, "staff called");
    guest.leads("guest.dismiss", "idle");
    await guest.press();
    await guest.choose("zh-CN");
    await guest.choose("dismiss");
    await guest.shown("idle");
    for (let step = 0; step < 5; step += 1) await guest.step();
    assert.equal(await guest.kiosk.language(), "zh-CN", "longer than for a finger");
    await guest.press("Shift");
    await guest.kiosk.pass(6_000);
    assert.equal(await guest.kiosk.language(), "en");
  });

  it("goes on while somebody is seen and lost again", async (t) => {
    const guest = await open(t);
    await guest.press();
    await guest.until("zh-CN");
    for (const name of ["approaching, hint", "idle"]) {
      await guest.show(GUEST_VIEWS[name]);
      assert.equal(await guest.lit(), "zh-CN", name);
    }
  });

  for (const [what, code, end] of [["a code", "K7P2QX"], ["a code that ends with Tab", "K7P2QX", TAB], ["a code too short", "K7"]]) {
    it(`is not what a hand scanner sends: ${what}`, async (t) => {
      const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS["approaching, hint"]);
      await kiosk.scan(code, end);
      if (code.length > 2) await kiosk.called("guest.enter_ticket");
      assert.equal(await new OneSwitch(kiosk).lit(), "");
    });
  }

  it("presses nothing twice that bounces", async (t) => {
    const guest = await open(t, "not found, face");
    await guest.press();
    await guest.kiosk.page.keyboard.press("Enter");
    await guest.press();
    assert.equal(guest.kiosk.host.callsOf("guest.use_ticket").length, 1);
  });

  it("is not made useless by a hand scanner whose code nobody knew", async (t) => {
    const guest = await open(t, "ticket");
    await guest.kiosk.scan("K7P2Q", { key: "Shift" });
    await guest.kiosk.pass(1_000);
    await guest.press();
    assert.notEqual(await guest.lit(), "");
  });

  it("leaves Enter to whoever types on real keys", async (t) => {
    const guest = await open(t, "ticket");
    for (const key of "K7P2Q") await guest.press(key);
    await guest.press();
    assert.deepEqual(await guest.kiosk.called("guest.enter_ticket"), { code: "K7P2Q", other_reading: null });
    assert.equal(await guest.lit(), "");
  });

  it("is pressed once, however long it is held", async (t) => {
    const guest = await open(t, "not found, face");
    await guest.kiosk.page.keyboard.down("Enter");
    for (let repeat = 0; repeat < 4; repeat += 1) {
      await guest.step();
      await guest.kiosk.page.keyboard.down("Enter");
    }
    await guest.kiosk.page.keyboard.up("Enter");
    assert.deepEqual(guest.kiosk.host.callsOf("guest.dismiss").concat(guest.kiosk.host.callsOf("guest.use_ticket")), []);
    assert.equal(guest.kiosk.host.callsOf("guest.touched").length, 1);
  });

  it("presses nothing that a finger left the focus on", async (t) => {
    const guest = await open(t, "staff called");
    await guest.kiosk.speak("zh-CN");
    await guest.kiosk.speak("en");
    await guest.step();
    await guest.press();
    assert.notEqual(await guest.lit(), "");
    assert.equal(await guest.kiosk.language(), "en");
  });
});
