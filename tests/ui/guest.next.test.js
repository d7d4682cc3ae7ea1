// From one guest to the next: what somebody chose is theirs, and whoever comes after begins anew.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { GuestScreen } from "./pages/guestScreen.js";
import { launch } from "./support/browser.js";
import { GUEST_VIEWS, LOOKS, forNextGuest, view } from "./support/views.js";

describe("the next guest", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = (t) => GuestScreen.open(t, browser, GUEST_VIEWS.idle);

  it("starts in the kiosk's own language, which one guest may change from screen to screen", async (t) => {
    const kiosk = await open(t);
    await kiosk.speak("zh-CN");
    for (const name of ["approaching, hint", "not found, face", "ticket", "welcome"]) {
      await kiosk.show(GUEST_VIEWS[name]);
      assert.equal(await kiosk.language(), "zh-CN", name);
    }
    await kiosk.show(forNextGuest(GUEST_VIEWS["approaching, hint"]));
    assert.equal(await kiosk.language(), "en", "whoever follows a welcome is another guest");
  });

  it("is greeted anew whose ticket is read while another is greeted: with tone and voice, the whole ring, and plain looks", async (t) => {
    const greeting = (name) => view({ kind: "welcome", name, note: null, offline: false, face: "none" }, { looks: { ...LOOKS, speech: true } });
    const kiosk = await open(t);
    await kiosk.tap("comfort");
    for (const wish of ["contrast", "seated"]) await kiosk.tap(`comfort-${wish}`);
    await kiosk.tap("comfort-done");
    await kiosk.speak("zh-CN");
    const heard = await kiosk.listen();
    await kiosk.show(greeting("李娜"));
    const first = await heard();
    assert.deepEqual([first.tones > 0, first.spoken.at(-1)?.language], [true, "zh-CN"]);
    const ring = await kiosk.page.locator(".oval .ring").elementHandle();
    await kiosk.show({ ...greeting("李娜"), connection: "offline" });
    assert.deepEqual(await heard(), first, "the same guest is greeted once");
    assert.ok(await ring.evaluate((element) => element.isConnected));

    await kiosk.show(forNextGuest(greeting("Bo Lind")));
    const { language, tones, spoken } = { language: await kiosk.language(), ...(await heard()) };
    assert.equal(language, "en");
    assert.equal(tones, 2 * first.tones);
    assert.equal(spoken.length, first.spoken.length + 1);
    assert.equal(spoken.at(-1).language, "en");
    assert.match(spoken.at(-1).text, /Bo Lind/);
    assert.ok(!(await ring.evaluate((element) => element.isConnected)), "the three seconds begin anew");
    const look = await kiosk.page.locator("main").evaluate((main) => ({ ...main.dataset }));
    assert.deepEqual([look.contrast, look.seated], ["normal", undefined]);
  });

  it("finds no language left behind by whoever left without checking in", async (t) => {
    const kiosk = await open(t);
    await kiosk.page.clock.install();
    await kiosk.speak("zh-CN");
    await kiosk.show(GUEST_VIEWS["not found, face"]);
    await kiosk.show(GUEST_VIEWS.idle);
    assert.equal(await kiosk.language(), "zh-CN", "“Try again” leads through the idle screen");
    await kiosk.page.clock.fastForward(5_100);
    assert.equal(await kiosk.language(), "en");
  });
});
