// The way in by name: two facts, one keyboard, and nothing that tells who is on the list.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { GuestScreen } from "./pages/guestScreen.js";
import { launch } from "./support/browser.js";
import { GUEST_VIEWS, view } from "./support/views.js";

describe("a guest who types their name", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = (t, name, size) => GuestScreen.open(t, browser, GUEST_VIEWS[name], size);

  it("types it on the screen, letters, spaces and all", async (t) => {
    const kiosk = await open(t, "name", { width: 600, height: 1024 });
    assert.ok(await kiosk.at("name-go").isDisabled(), "there is nothing to look for yet");
    await kiosk.tapKeys([..."wang", "space", "space", ..."xiaox", "delete", ..."ming"]);
    assert.equal(await kiosk.at("code").innerText(), "wang xiaoming");
    await kiosk.tap("name-go");
    assert.deepEqual(await kiosk.called("guest.enter_name"), { text: "wang xiaoming" });
  });

  it("types it on a hardware keyboard", async (t) => {
    const kiosk = await open(t, "name");
    await kiosk.page.keyboard.type("Jose Li", { delay: 60 });
    await kiosk.page.keyboard.press("Enter");
    assert.deepEqual(await kiosk.called("guest.enter_name"), { text: "Jose Li" });
  });

  it("may begin with the digits of their phone", async (t) => {
    const kiosk = await open(t, "name");
    await kiosk.tapKeys([..."567"]);
    assert.ok(await kiosk.at("name-go").isDisabled(), "three digits are too few");
    await kiosk.tapKeys(["8"]);
    await kiosk.tap("name-go");
    assert.deepEqual(await kiosk.called("guest.enter_name"), { text: "5678" });
  });

  it("is then asked for the digits, shown as dots and sent once", async (t) => {
    const kiosk = await open(t, "name, digits");
    await kiosk.tapKeys([..."129", "delete", ..."34", "5"]);
    assert.deepEqual(await kiosk.called("guest.enter_fact"), { digits: "1234" });
    assert.equal(kiosk.host.callsOf("guest.enter_fact").length, 1);
    assert.ok(!(await kiosk.everything()).includes("1234"));
  });

  it("types digits on a hardware keyboard too", async (t) => {
    const kiosk = await open(t, "name, digits");
    await kiosk.page.keyboard.type("1294", { delay: 60 });
    assert.deepEqual(await kiosk.called("guest.enter_fact"), { digits: "1294" });
  });

  it("sees nothing of the first fact while they type the second, and nothing of either after a refusal", async (t) => {
    const kiosk = await open(t, "name");
    await kiosk.tapKeys([..."zebedee"]);
    await kiosk.show(GUEST_VIEWS["name, digits"]);
    assert.ok(!(await kiosk.everything()).includes("zebedee"), "whoever stands behind reads along");
    await kiosk.tapKeys([..."12"]);
    await kiosk.show(GUEST_VIEWS["name, digits, checking"]);
    await kiosk.show(GUEST_VIEWS["name, refused"]);
    assert.equal(await kiosk.at("code").innerText(), "");
    assert.match(await kiosk.at("answer").innerText(), /do not match[^]*2 more tries/);
  });

  it("hears which of the two did not fit from nobody", async (t) => {
    const kiosk = await open(t, "name, refused");
    const text = await kiosk.page.locator("main").innerText();
    assert.doesNotMatch(text, /nobody|not on the list|unknown|no such/i);
  });

  it("is led to staff and the ticket when too much was guessed", async (t) => {
    const kiosk = await open(t, "not found, name closed");
    assert.match(await kiosk.spoken(), /Please ask our staff/);
    assert.equal(await kiosk.at("use-name").count(), 0);
  });

  it("is asked the same second question whoever they are", async (t) => {
    const kiosk = await open(t, "name");
    const shots = [];
    for (const name of ["ada byron", "nobody at all"]) {
      await kiosk.show(GUEST_VIEWS.name);
      await kiosk.tapKeys([...name].map((key) => (key === " " ? "space" : key)));
      await kiosk.show(view({ kind: "name", asks: "digits", attempts_left: 3, refused: false, checking: false }));
      shots.push(await kiosk.page.locator("[data-view]").innerHTML());
    }
    assert.equal(shots[0], shots[1]);
  });
});
