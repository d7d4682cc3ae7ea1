// What makes the kiosk usable for whoever sits, sees little, is made ill by motion, or uses keys instead of fingers.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { GuestScreen } from "./pages/guestScreen.js";
import { launch } from "./support/browser.js";
import { faults } from "./support/measure.js";
import { GUEST_VIEWS, forNextGuest } from "./support/views.js";

const WISHES = ["seated", "large", "contrast", "still"];
const LIMITS = { root: "main", leastText: 24, leastTarget: 48 };
/** What a guest can do, by the view that shows it. */
const STATES = [
  "idle",
  "idle, camera unplugged",
  "approaching, held",
  ...["challenge, turn", "confirm, refused", "welcome", "welcome, long name"],
  ...["already in", "welcome, long name, may enrol", "already in, may remove"],
  ...["enrol offer", "consent", "capture, turn", "enrolled, fair", "not enrolled, network", "withdraw", "withdrawn"],
  ...["not found, face", "ticket", "staff called", "trouble"],
];

const german = (view) => ({ ...view, languages: ["de", "en", "zh-CN"] });

describe("comfort", { concurrency: 2 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = (t, size) => GuestScreen.open(t, browser, german(GUEST_VIEWS.idle), size);

  /** Shows each of `names` to somebody who has switched `wishes` on. */
  async function throughout(kiosk, wishes, names, look) {
    await choose(kiosk, wishes, GUEST_VIEWS[names[0]]);
    for (const name of names) {
      await kiosk.show(german(GUEST_VIEWS[name]));
      await look(name);
    }
  }

  /** A guest switches `wishes` on and goes on to `view`. */
  async function choose(kiosk, wishes, view) {
    await kiosk.show(german(GUEST_VIEWS.idle));
    await kiosk.tap("comfort");
    for (const wish of wishes) await kiosk.tap(`comfort-${wish}`);
    await kiosk.tap("comfort-done");
    await kiosk.show(german(view));
  }

  /** Controls whose middle lies above the screen's, staff's corner aside. */
  const outOfReach = (kiosk) =>
    kiosk.page.evaluate(() =>
      [...document.querySelectorAll("[data-view] button")]
        .filter((button) => button.checkVisibility({ visibilityProperty: true }))
        .map((button) => [button.ariaLabel || button.textContent.trim(), button.getBoundingClientRect()])
        .filter(([, { top, bottom }]) => (top + bottom) / 2 < innerHeight / 2 - 0.5)
        .map(([name]) => name),
    );

  for (const [width, height] of [[1024, 600], [600, 1024], [1280, 800], [1080, 1920]]) {
    it(`puts everything to touch into the lower half of ${width}×${height} for whoever sits`, async (t) => {
      const kiosk = await open(t, { width, height });
      await throughout(kiosk, ["seated"], STATES, async (name) => {
        assert.deepEqual(await outOfReach(kiosk), [], name);
        assert.deepEqual(await kiosk.page.evaluate(faults, LIMITS), [], name);
      });
      await kiosk.show(german(GUEST_VIEWS.idle));
      await kiosk.tap("comfort");
      assert.deepEqual(await outOfReach(kiosk), [], "and the switches themselves");
      assert.deepEqual(await kiosk.page.evaluate(faults, LIMITS), []);
    });

    it(`fits larger text and more contrast on ${width}×${height}`, async (t) => {
      const kiosk = await open(t, { width, height });
      const size = () => kiosk.page.locator("[data-view] h1").evaluate((title) => parseFloat(getComputedStyle(title).fontSize));
      const usual = await size();
      await throughout(kiosk, ["large", "contrast"], STATES, async (name) => {
        assert.ok((await size()) > 1.1 * usual, `${name} is larger`);
        assert.deepEqual(await kiosk.page.evaluate(faults, LIMITS), [], name);
      });
    });
  }

  it("is one guest's own and gone with the next", async (t) => {
    const kiosk = await open(t);
    await choose(kiosk, WISHES, GUEST_VIEWS["approaching, hint"]);
    const look = () => kiosk.page.locator("main").evaluate((main) => ({ ...main.dataset }));
    const plain = { theme: "dark", contrast: "normal", text: "normal" };
    assert.deepEqual(await look(), { ...plain, contrast: "more", text: "large", motion: "less", seated: "" });
    await kiosk.show(german(GUEST_VIEWS.welcome));
    assert.equal((await look()).text, "large", "the result is this guest's too");
    await kiosk.show(forNextGuest(german(GUEST_VIEWS["approaching, hint"])));
    const { motion, ...rest } = await look();
    assert.deepEqual(rest, plain, "whoever follows a welcome is another guest");
    assert.equal(motion, "less", "the system asks for less motion by itself");
  });

  it("outlives the time to read, and not the guest who walks away", async (t) => {
    const kiosk = await open(t);
    await kiosk.stopClock();
    const press = (testid) => kiosk.at(testid).evaluate((button) => button.click());
    await press("comfort");
    await press("comfort-large");
    await kiosk.pass(25_000);
    await press("comfort-contrast");
    await kiosk.pass(25_000);
    assert.equal(await kiosk.at("comfort-panel").count(), 1, "whoever touches is still there");
    await kiosk.pass(6_000);
    assert.equal(await kiosk.at("comfort-panel").count(), 0);
    assert.equal(await kiosk.page.locator("main").getAttribute("data-text"), "normal");
  });

  it("gives way to what is to be read", async (t) => {
    const kiosk = await open(t);
    await kiosk.tap("comfort");
    await kiosk.show(german(GUEST_VIEWS["approaching, hint"]));
    assert.equal(await kiosk.at("comfort-panel").count(), 1, "an approach is no reason to go");
    await kiosk.show(german(GUEST_VIEWS["confirm"]));
    assert.equal(await kiosk.at("comfort-panel").count(), 0);
  });

  it("keeps what was typed", async (t) => {
    const kiosk = await open(t);
    await kiosk.show(german(GUEST_VIEWS.ticket));
    await kiosk.tapKeys([..."K7P"]);
    await kiosk.tap("comfort");
    await kiosk.tap("comfort-seated");
    await kiosk.tap("comfort-done");
    assert.match(await kiosk.at("code").innerText(), /K7P/);
  });

  it("follows the system without being asked", async (t) => {
    const kiosk = await open(t);
    await kiosk.page.emulateMedia({ contrast: "more", reducedMotion: "no-preference" });
    const look = await kiosk.page.locator("main").evaluate((main) => ({ ...main.dataset }));
    assert.deepEqual([look.contrast, look.motion], ["more", "normal"]);
  });

  it("shows every control in the system's own high contrast", async (t) => {
    const kiosk = await open(t);
    await kiosk.page.emulateMedia({ forcedColors: "active" });
    for (const name of STATES) {
      await kiosk.show(german(GUEST_VIEWS[name]));
      const bare = await kiosk.page.evaluate(
        () => [...document.querySelectorAll("[data-view] button")].filter((button) => parseFloat(getComputedStyle(button).borderTopWidth) < 1).length,
      );
      assert.equal(bare, 0, `${name}: buttons have an outline`);
    }
  });

  it("moves nothing for whoever wants less motion", async (t) => {
    const kiosk = await open(t);
    await kiosk.page.emulateMedia({ reducedMotion: "no-preference" });
    const moving = () => kiosk.page.evaluate(() => document.getAnimations().length);
    // The oval breathes, as soon as the page has heard of it.
    await kiosk.page.waitForFunction(() => document.getAnimations().length > 0);
    await throughout(kiosk, ["still"], STATES, async (name) => assert.equal(await moving(), 0, name));
  });

  it("moves by transform and opacity only", async (t) => {
    const kiosk = await open(t);
    await kiosk.page.emulateMedia({ reducedMotion: "no-preference" });
    for (const [name, view] of Object.entries(GUEST_VIEWS)) {
      await kiosk.show(german(view));
      const moved = await kiosk.page.evaluate(() =>
        document.getAnimations().flatMap((animation) =>
          animation.effect.getKeyframes().flatMap((frame) =>
            Object.keys(frame).filter((key) => !["offset", "computedOffset", "easing", "composite", "transform", "opacity"].includes(key)),
          ),
        ),
      );
      assert.deepEqual(moved, [], name);
    }
  });
});

describe("keys and switches", { concurrency: 2 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const focused = (kiosk) => kiosk.page.evaluate(() => document.activeElement?.dataset.testid ?? document.activeElement?.dataset.key ?? null);

  it("reach every control of every view with two of them", async (t) => {
    const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.idle);
    for (const name of STATES) {
      await kiosk.show(GUEST_VIEWS.identifying);
      await kiosk.show(GUEST_VIEWS[name]);
      const wanted = await kiosk.page.locator("[data-view] button:not(:disabled)").count();
      for (const key of ["Tab", "ArrowRight"]) {
        await kiosk.page.evaluate(() => document.activeElement?.blur());
        const seen = new Set();
        for (let press = 0; press < wanted + 3; press += 1) {
          await kiosk.page.keyboard.press(key);
          seen.add(
            await kiosk.page.evaluate(() => {
              const controls = [...document.querySelectorAll("[data-view] button:not(:disabled)")];
              return controls.indexOf(document.activeElement);
            }),
          );
        }
        seen.delete(-1);
        assert.equal(seen.size, wanted, `${name} by ${key}`);
      }
    }
  });

  it("find the focus on what the next screen is about", async (t) => {
    const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.idle);
    await kiosk.page.keyboard.press("Tab");
    for (const [name, target] of [
      ["ticket", "code"],
      ["confirm", "typed"],
      ["not found, face", "use-ticket"],
      ["already in", "dismiss"],
      ["trouble", "call-staff"],
    ]) {
      await kiosk.page.evaluate(() => document.activeElement?.blur());
      await kiosk.show(GUEST_VIEWS[name]);
      assert.equal(await focused(kiosk), target, name);
      const outline = await kiosk.page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.equal(outline, "solid", `${name}: the focus can be seen`);
    }
  });

  it("check a guest in by ticket without a finger on the glass", async (t) => {
    const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.ticket);
    const step = async (wanted) => {
      for (let press = 0; press < 60 && (await focused(kiosk)) !== wanted; press += 1) await kiosk.page.keyboard.press("ArrowRight");
      await kiosk.page.keyboard.press("Enter");
    };
    for (const key of "K7") await step(key);
    await step("ticket-go");
    assert.deepEqual(await kiosk.called("guest.enter_ticket"), { code: "K7", other_reading: null });
  });

  it("leave the focus alone for whoever touches", async (t) => {
    const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.idle);
    await kiosk.page.mouse.click(5, 400);
    await kiosk.show(GUEST_VIEWS["not found, face"]);
    assert.equal(await kiosk.page.evaluate(() => document.activeElement === document.body), true);
  });

  it("read the result aloud once: the live region and nothing else", async (t) => {
    const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.idle);
    for (const name of STATES) {
      await kiosk.show(GUEST_VIEWS[name]);
      assert.equal(await kiosk.page.locator("[aria-live]").count(), 1, name);
    }
  });
});
