// What guests do at the kiosk, and what the screen makes of it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { GuestScreen } from "./pages/guestScreen.js";
import { TAB } from "./pages/kioskPage.js";
import { launch } from "./support/browser.js";
import { PICTURE } from "./support/picture.js";
import { GUEST_VIEWS, LOOKS, view } from "./support/views.js";

const NAME = "Zhang Wei";

describe("a guest", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = (t, name = "idle", size) => GuestScreen.open(t, browser, GUEST_VIEWS[name], size);

  it("finds the screen as it was after the window was reloaded, since the screens hold no truth", async (t) => {
    const kiosk = await open(t);
    for (const name of ["approaching, held", "confirm, refused", "ticket", "welcome", "staff called"]) {
      await kiosk.show(GUEST_VIEWS[name]);
      const before = await kiosk.page.locator("[data-view]").innerText();
      await kiosk.reload();
      assert.equal(await kiosk.page.locator("[data-view]").innerText(), before, name);
    }
    assert.equal(kiosk.host.calls.filter(({ method }) => method !== "preview.painted").length, 0, "nothing was done by it");
  });

  for (const name of ["welcome", "already in"]) {
    it(`leaves no trace of ${name} in the page`, async (t) => {
      const kiosk = await open(t, name);
      assert.ok((await kiosk.everything()).includes(NAME), "the guest is greeted by name");
      await kiosk.show(GUEST_VIEWS.idle);
      const left = await kiosk.everything();
      for (const word of [NAME, "Table 12", "Gate B"]) assert.ok(!left.includes(word), `${word} is for one guest only`);
    });
  }

  it("proves who they are with four digits, sent once", async (t) => {
    const kiosk = await open(t, "confirm");
    await kiosk.tapKeys([..."129", "delete", ..."34", "5"]);
    assert.deepEqual(await kiosk.called("guest.enter_fact"), { digits: "1234" });
    assert.equal(kiosk.host.callsOf("guest.enter_fact").length, 1, "a fifth digit is no new answer");
    assert.ok(!(await kiosk.everything()).includes("1234"), "digits are shown as dots");
  });

  it("starts with an empty field after a wrong answer, and not because something else has changed", async (t) => {
    const kiosk = await open(t, "confirm");
    const typed = () => kiosk.at("typed").getAttribute("data-count");
    await kiosk.tapKeys([..."12"]);
    await kiosk.change({ connection: "offline" });
    assert.equal(await typed(), "2", "the network's state has nothing to do with the digits");
    await kiosk.tapKeys([..."34"]);
    await kiosk.show(GUEST_VIEWS["confirm, checking"]);
    assert.ok(await kiosk.page.locator('[data-key="1"]').isDisabled(), "the answer is being compared");
    await kiosk.show(GUEST_VIEWS["confirm, refused"]);
    assert.equal(await typed(), "0");
    assert.match(await kiosk.at("answer").innerText(), /2 more tries/);
  });

  it("types the ticket's code on the screen", async (t) => {
    const kiosk = await open(t, "ticket", { width: 600, height: 1024 });
    assert.ok(await kiosk.at("ticket-go").isDisabled(), "there is nothing to look up yet");
    await kiosk.tapKeys([..."K7PX", "delete", ..."2Q"]);
    await kiosk.tap("ticket-go");
    assert.deepEqual(await kiosk.called("guest.enter_ticket"), { code: "K7P2Q", other_reading: null });
  });

  it("types the ticket's code on a hardware keyboard", async (t) => {
    const kiosk = await open(t, "ticket");
    await kiosk.page.keyboard.type("k7p2q", { delay: 60 });
    await kiosk.page.keyboard.press("Enter");
    assert.deepEqual(await kiosk.called("guest.enter_ticket"), { code: "K7P2Q", other_reading: null });
  });

  for (const name of ["idle", "idle, camera unplugged", "approaching, hint", "ticket", "match face", "not found, face"]) {
    it(`may hold the ticket under the scanner: ${name}`, async (t) => {
      const kiosk = await open(t, name);
      await kiosk.scan("K7P2QX");
      assert.deepEqual(await kiosk.called("guest.enter_ticket"), { code: "K7P2QX", other_reading: null });
      const beside = ["preview.painted", "guest.touched"];
      assert.equal(kiosk.host.calls.filter(({ method }) => !beside.includes(method)).length, 1, "one scan, one call");
    });
  }

  for (const name of ["confirm", "name, digits"]) {
    it(`spends no try of the phone's digits on a ticket: ${name}`, async (t) => {
      const kiosk = await open(t, name);
      await kiosk.scan("20391234");
      assert.deepEqual(await kiosk.called("guest.enter_ticket"), { code: "20391234", other_reading: null });
      assert.deepEqual(kiosk.host.callsOf("guest.enter_fact"), []);
    });
  }

  it("presses no button by scanning, whatever has the focus", async (t) => {
    const kiosk = await open(t, "not found, face");
    await kiosk.at("call-staff").focus();
    await kiosk.scan("K7P2QX");
    await kiosk.called("guest.enter_ticket");
    assert.deepEqual(kiosk.host.callsOf("guest.call_staff"), []);
  });

  it("takes a scanner that ends with Tab, and moves no focus", async (t) => {
    const kiosk = await open(t, "not found, face");
    await kiosk.at("call-staff").focus();
    await kiosk.scan("K7P2QX", TAB);
    assert.deepEqual(await kiosk.called("guest.enter_ticket"), { code: "K7P2QX", other_reading: null });
    assert.equal(await kiosk.page.evaluate(() => document.activeElement?.dataset.testid), "call-staff");
  });

  const WAYS = [
    ["idle", "use-ticket", "guest.use_ticket"],
    ["idle", "use-name", "guest.use_name"],
    ["idle", "help", "guest.call_staff"],
    ["idle, camera unplugged", "use-name", "guest.use_name"],
    ["idle, camera unplugged", "use-ticket", "guest.use_ticket"],
    ["idle, camera unplugged", "call-staff", "guest.call_staff"],
    ["approaching, held", "use-face", "guest.use_face"],
    ["approaching, held", "use-ticket", "guest.use_ticket"],
    ["confirm", "dismiss", "guest.dismiss"],
    ["confirm", "call-staff", "guest.call_staff"],
    ["already in", "dismiss", "guest.dismiss"],
    ["already in", "call-staff", "guest.call_staff"],
    ["not found, face", "use-ticket", "guest.use_ticket"],
    ["not found, face", "dismiss", "guest.dismiss"],
    ["not found, face", "call-staff", "guest.call_staff"],
    ["not found, face", "use-name", "guest.use_name"],
    ["not found, ticket", "use-name", "guest.use_name"],
    ["not found, name", "use-ticket", "guest.use_ticket"],
    ["not found, name closed", "use-ticket", "guest.use_ticket"],
    ["not found, name closed", "call-staff", "guest.call_staff"],
    ["name", "dismiss", "guest.dismiss"],
    ["name", "call-staff", "guest.call_staff"],
    ["name, digits", "dismiss", "guest.dismiss"],
    ["name, digits", "call-staff", "guest.call_staff"],
    ["name, second", "dismiss", "guest.dismiss"],
    ["ticket", "dismiss", "guest.dismiss"],
    ["ticket", "call-staff", "guest.call_staff"],
    ["match face", "dismiss", "guest.dismiss"],
    ["match face", "call-staff", "guest.call_staff"],
    ["idle, faces in tickets", "use-ticket", "guest.use_ticket"],
    ["idle, faces in tickets", "call-staff", "guest.call_staff"],
    ["not found, another face than the ticket's", "call-staff", "guest.call_staff"],
    ["staff called", "dismiss", "guest.dismiss"],
    ["trouble", "call-staff", "guest.call_staff"],
    ["trouble", "use-ticket", "guest.use_ticket"],
  ];
  it("finds every way on where it is promised", async (t) => {
    const kiosk = await open(t);
    for (const [name, testid, method] of WAYS) {
      await kiosk.show(GUEST_VIEWS[name]);
      kiosk.host.calls.length = 0;
      await kiosk.tap(testid);
      await kiosk.called(method);
    }
  });

  it("is told what is wrong with the camera, and gets the oval back when it works again", async (t) => {
    const kiosk = await open(t, "idle, camera unplugged");
    assert.match(await kiosk.at("camera-trouble").innerText(), /unplugged/);
    assert.equal(await kiosk.page.locator(".oval").count(), 0);
    await kiosk.show(GUEST_VIEWS.idle);
    assert.equal(await kiosk.page.locator('.oval[data-stage="waiting"]').count(), 1);
  });

  it("sees the ring fill with the progress of their look", async (t) => {
    const kiosk = await open(t, "approaching, held");
    assert.equal(await kiosk.page.locator(".oval .ring").getAttribute("data-share"), "0.6");
    assert.equal(await kiosk.spoken(), "Stay like this for a moment");
  });

  it("stays before the same oval from the first step to the tick", async (t) => {
    const kiosk = await open(t);
    const oval = await kiosk.page.locator(".oval").elementHandle();
    for (const name of ["approaching, held", "identifying", "welcome"]) {
      await kiosk.show(GUEST_VIEWS[name]);
      assert.ok(await oval.evaluate((element) => element.isConnected), `${name} is the same scene`);
    }
  });

  it("is asked kindly for a sign, may decline, and may take the ticket", async (t) => {
    const kiosk = await open(t, "challenge, turn");
    assert.equal(await kiosk.spoken(), "Please turn your head a little to the left");
    assert.equal(await kiosk.page.locator('.oval[data-stage="waiting"]').count(), 1, "guests see themselves doing it");
    await kiosk.tap("dismiss");
    assert.deepEqual(await kiosk.called("guest.dismiss"), {});
    await kiosk.tap("use-ticket");
    assert.deepEqual(await kiosk.called("guest.use_ticket"), {});
    assert.doesNotMatch(await kiosk.everything(), /spoof|fake|fraud|suspicious/i, "nobody is accused");
  });

  it("sees the camera's picture, and the host learns when the first one was painted", async (t) => {
    const kiosk = await open(t);
    kiosk.host.picture = PICTURE;
    await kiosk.called("preview.painted");
    const size = await kiosk.page.locator("canvas").evaluate(({ width, height }) => [width, height]);
    assert.deepEqual(size, [2, 1]);
  });

  it("is told that the network is gone, in a mark and in the result", async (t) => {
    const kiosk = await open(t, "welcome, offline");
    assert.ok(await kiosk.at("offline").isVisible());
    assert.match(await kiosk.spoken(), /sent as soon as/);
  });

  it("hears every control's name", async (t) => {
    const kiosk = await open(t);
    for (const [name, shown] of Object.entries(GUEST_VIEWS)) {
      await kiosk.show(shown);
      const nameless = await kiosk.page.evaluate(
        () => [...document.querySelectorAll("button")].filter((b) => !(b.ariaLabel || b.textContent).trim()).length,
      );
      assert.equal(nameless, 0, name);
      assert.notEqual(await kiosk.spoken(), "", `${name} is spoken`);
    }
  });

  const SILENT = ["idle", "approaching", "identifying", "ticket", "name", "enrol_offer", "consent", "capture"];

  it("sees every tone that others hear, and that the kiosk is muted", async (t) => {
    const kiosk = await open(t);
    const tones = new Map();
    for (const [name, shown] of Object.entries(GUEST_VIEWS)) {
      await kiosk.show(shown);
      const marks = await kiosk.page.getByTestId("sound").evaluateAll((all) => all.map((mark) => [mark.dataset.tone, mark.ariaLabel]));
      // While the screen asks who is still there, the question has the mark's place.
      if (shown.closing_in_s !== null) continue;
      if (SILENT.includes(shown.guest.kind)) assert.deepEqual(marks, [], `${name} is silent`);
      else tones.set(marks[0][0], marks[0][1]);
    }
    assert.deepEqual([...tones.keys()].sort(), ["already", "ask", "called", "sorry", "welcome"]);
    assert.equal(new Set(tones.values()).size, tones.size, "every caption is another");
    await kiosk.show({ ...GUEST_VIEWS.welcome, looks: { ...LOOKS, volume: 0 } });
    assert.equal(await kiosk.page.locator("[data-testid=sound] .lucide-volume-x").count(), 1);
  });

  it("with a name full of markup is greeted by it, and nothing else happens", async (t) => {
    const name = '<img src=x onerror="document.title=\'broken\'">';
    const kiosk = await GuestScreen.open(t, browser, view({ kind: "welcome", name, note: null, offline: false, face: "none" }));
    assert.equal(await kiosk.at("name").innerText(), name);
    assert.equal(await kiosk.page.title(), "Portico");
  });
});
