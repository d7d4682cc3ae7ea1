// Enrolling a face and taking the consent back, as the guest sees and taps it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { GuestScreen } from "./pages/guestScreen.js";
import { launch } from "./support/browser.js";
import { CONSENTS } from "./support/consent.js";
import { GUEST_VIEWS, forNextGuest, refused, view } from "./support/views.js";

const CONSENT = CONSENTS.en;

describe("enrolling a face", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = async (test, name, replies = {}, size = {}) => {
    const kiosk = await GuestScreen.open(test, browser, GUEST_VIEWS.idle, size);
    Object.assign(kiosk.host.replies, replies);
    await kiosk.show(GUEST_VIEWS[name]);
    return kiosk;
  };

  it("begins with one tap on the greeting, and never by itself", async (t) => {
    const kiosk = await open(t, "welcome, may enrol");
    assert.deepEqual(kiosk.host.callsOf("guest.enrol"), []);
    await kiosk.tap("face-enrol");
    await kiosk.host.called("guest.enrol", () => true);
    assert.equal(await kiosk.at("face-remove").count(), 0);
  });

  it("offers nothing to a guest who has nothing to choose", async (t) => {
    const kiosk = await open(t, "welcome");
    assert.equal((await kiosk.at("face-enrol").count()) + (await kiosk.at("face-remove").count()), 0);
  });

  it("asks for the tick and for the agreement, in this order", async (t) => {
    const kiosk = await open(t, "consent");
    await kiosk.at("consent-text").waitFor();
    assert.equal(await kiosk.at("consent-tick").getAttribute("aria-checked"), "false", "nothing is ticked for them");
    assert.equal(await kiosk.at("consent-agree").isDisabled(), true);
    await kiosk.tap("consent-tick");
    await kiosk.tap("consent-agree");
    const agreed = await kiosk.host.called("guest.agree", () => true);
    assert.deepEqual(agreed, { version: CONSENT.version, language: "en", ticked: true });
  });

  it("takes one act where the law asks for one", async (t) => {
    const kiosk = await open(t, "consent", { "guest.consent_text": { ...CONSENT, separate: false } });
    await kiosk.at("consent-text").getByText(CONSENT.statement).waitFor();
    assert.equal(await kiosk.at("consent-tick").count(), 0);
    await kiosk.tap("consent-agree");
    await kiosk.host.called("guest.agree", ({ ticked }) => !ticked);
  });

  for (const [way, key] of [["the arrows", "ArrowDown"], ["two switches", "Enter"]]) {
    it(`lets ${way} read all that is asked for`, async (t) => {
      const kiosk = await open(t, "consent", {}, { width: 1024, height: 600 });
      const focused = () => kiosk.page.evaluate(() => document.activeElement?.dataset.testid);
      const text = kiosk.at("consent-text");
      await text.waitFor();
      for (let press = 0; press < 9 && (await focused()) !== "consent-text"; press += 1) await kiosk.page.keyboard.press("Tab");
      const rest = () => text.evaluate((it) => it.scrollHeight - it.clientHeight - it.scrollTop);
      assert.ok((await rest()) > 20, "there is more of it than its place holds");
      for (let press = 0; press < 40 && (await rest()) > 1; press += 1) await kiosk.page.keyboard.press(key);
      assert.ok((await rest()) <= 1, "read to its end");
      assert.equal(await focused(), "consent-text");
      await kiosk.page.keyboard.press("ArrowDown");
      assert.notEqual(await focused(), "consent-text", "and on to the tick");
    });
  }

  it("gives yes and no the same weight", async (t) => {
    const kiosk = await open(t, "consent");
    await kiosk.at("consent-text").waitFor();
    await kiosk.tap("consent-tick");
    const look = (button) => {
      const { width, height } = button.getBoundingClientRect();
      const { backgroundColor, color, fontSize, fontWeight, boxShadow } = getComputedStyle(button);
      return { width: Math.round(width), height: Math.round(height), backgroundColor, color, fontSize, fontWeight, boxShadow };
    };
    const [yes, no] = [await kiosk.at("consent-agree").evaluate(look), await kiosk.at("dismiss").evaluate(look)];
    assert.deepEqual(yes, no);
    await kiosk.tap("dismiss");
    await kiosk.host.called("guest.dismiss", () => true);
    assert.deepEqual(kiosk.host.callsOf("guest.agree"), []);
  });

  it("asks anew in another language, with nothing ticked", async (t) => {
    const kiosk = await open(t, "consent");
    await kiosk.tap("consent-tick");
    await kiosk.speak("zh-CN");
    await kiosk.page.getByRole("heading", { name: CONSENTS["zh-CN"].title }).waitFor();
    assert.equal(await kiosk.at("consent-tick").getAttribute("aria-checked"), "false");
    await kiosk.tap("consent-tick");
    await kiosk.tap("consent-agree");
    await kiosk.host.called("guest.agree", ({ language }) => language === "zh-CN");
  });

  it("asks the next guest anew, with nothing ticked, whom staff lead there while another still reads", async (t) => {
    const kiosk = await open(t, "consent");
    await kiosk.tap("consent-tick");
    assert.equal(await kiosk.at("consent-agree").isDisabled(), false);
    await kiosk.show(forNextGuest(view({ kind: "consent", name: "Bo Lind" }), GUEST_VIEWS.consent));
    await kiosk.at("consent-text").getByText("Bo Lind").waitFor();
    assert.equal(await kiosk.at("consent-tick").getAttribute("aria-checked"), "false");
    assert.equal(await kiosk.at("consent-agree").isDisabled(), true);
  });

  it("keeps the guest's language from the greeting to the end, and not for the next guest", async (t) => {
    const kiosk = await open(t, "welcome, may enrol");
    await kiosk.speak("zh-CN");
    for (const name of ["enrol offer", "consent", "capture, first", "enrolled, good"]) {
      await kiosk.show(GUEST_VIEWS[name]);
      assert.equal(await kiosk.language(), "zh-CN", name);
    }
    await kiosk.show(forNextGuest(GUEST_VIEWS["approaching, held"]));
    assert.equal(await kiosk.language(), "en");
  });

  it("reads the text again when it has changed meanwhile", async (t) => {
    const kiosk = await open(t, "consent", { "guest.agree": refused("consent.outdated") });
    await kiosk.tap("consent-tick");
    await kiosk.tap("consent-agree");
    await kiosk.page.getByRole("alert").getByText("The text has changed").waitFor();
    assert.equal(await kiosk.at("consent-tick").getAttribute("aria-checked"), "false");
  });

  it("shows how many pictures are taken, and lets the guest stop until they are sent", async (t) => {
    const kiosk = await open(t, "capture, turn");
    assert.equal(await kiosk.at("pictures").getAttribute("aria-label"), "2 of 3 pictures");
    await kiosk.tap("dismiss");
    await kiosk.host.called("guest.dismiss", () => true);
    await kiosk.show(GUEST_VIEWS["capture, sending"]);
    assert.equal(await kiosk.at("dismiss").count(), 0);
  });

  it("says how good the pictures are", async (t) => {
    const kiosk = await open(t, "enrolled, good");
    const good = await kiosk.at("verdict").textContent();
    await kiosk.show(view({ kind: "enrolled", pictures: 2, quality: 0.4 }));
    assert.notEqual(await kiosk.at("verdict").textContent(), good);
  });

  it("is taken back with two taps", async (t) => {
    const kiosk = await open(t, "already in, may remove");
    await kiosk.tap("face-remove");
    await kiosk.host.called("guest.withdraw", () => true);
    await kiosk.show(GUEST_VIEWS.withdraw);
    assert.deepEqual(kiosk.host.callsOf("guest.confirm_withdrawal"), [], "asked once before");
    await kiosk.tap("withdraw-confirm");
    await kiosk.host.called("guest.confirm_withdrawal", () => true);
  });
});
