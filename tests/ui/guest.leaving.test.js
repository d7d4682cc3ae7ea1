// Screens that wait for their guest, and what is left of them afterwards: nothing.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { GuestScreen } from "./pages/guestScreen.js";
import { launch } from "./support/browser.js";
import { remains } from "./support/remains.js";
import { PICTURE } from "./support/picture.js";
import { GUEST_VIEWS, view } from "./support/views.js";

const QUESTION = { en: /Are you still there\? Touch to go on/, "zh-CN": /您还在吗/ };
const CLOSING = Object.keys(GUEST_VIEWS).filter((name) => name.endsWith(", closing"));

describe("a guest who takes their time", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = (t, name, size) => GuestScreen.open(t, browser, GUEST_VIEWS[name], size);

  for (const language of ["en", "zh-CN"]) {
    it(`is asked whether they are still there, in words and aloud: ${language}`, async (t) => {
      const kiosk = await open(t, "idle");
      await kiosk.speak(language);
      for (const name of CLOSING) {
        await kiosk.show(GUEST_VIEWS[name]);
        assert.match(await kiosk.at("still-there").innerText(), QUESTION[language], name);
        assert.match(await kiosk.spoken(), QUESTION[language], name);
      }
      await kiosk.show(GUEST_VIEWS.ticket);
      assert.equal(await kiosk.at("still-there").count(), 0, "a touch ends the question");
    });
  }

  it("answers with the button, by finger and by keyboard", async (t) => {
    const kiosk = await open(t, "ticket, closing");
    await kiosk.tap("still-here");
    await kiosk.called("guest.touched");
    await kiosk.at("still-here").evaluate((button) => button.blur());
    await kiosk.page.keyboard.press("ArrowRight");
    kiosk.host.calls.length = 0;
    await kiosk.page.keyboard.press("Enter");
    await kiosk.called("guest.touched");
    assert.deepEqual(kiosk.host.callsOf("guest.enter_ticket"), [], "and does nothing else");
  });

  it("keeps what was typed when they answer", async (t) => {
    const kiosk = await open(t, "ticket");
    await kiosk.tapKeys([..."K7P"]);
    await kiosk.change({ closing_in_s: 10 });
    assert.equal(await kiosk.at("code").innerText(), "K7P");
    await kiosk.change({ closing_in_s: null });
    assert.equal(await kiosk.at("code").innerText(), "K7P");
  });

  it("is noticed by a touch, once a second at most", async (t) => {
    const kiosk = await open(t, "ticket");
    await kiosk.tapKeys(["A"]);
    await kiosk.called("guest.touched");
    await kiosk.tapKeys(["B", "C"]);
    const told = kiosk.host.callsOf("guest.touched").length;
    assert.ok(told <= 2, `${told} calls for three quick taps`);
  });

  it("is noticed by any touch and key, and only where a screen waits", async (t) => {
    const kiosk = await open(t, "idle");
    for (const name of ["idle", "welcome", "approaching, held"]) {
      await kiosk.show(GUEST_VIEWS[name]);
      await kiosk.page.mouse.click(640, 500);
      await kiosk.page.keyboard.press("Shift");
    }
    await kiosk.show(GUEST_VIEWS["not found, face"]);
    assert.deepEqual(kiosk.host.callsOf("guest.touched"), []);
    await kiosk.page.keyboard.press("Tab");
    await kiosk.called("guest.touched");
  });
});

describe("what a guest leaves behind", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const NAME = "Xerxes Quillfeather";
  const AT = Date.UTC(2026, 4, 9, 2, 32);
  const secret = {
    welcome: [view({ kind: "welcome", name: NAME, note: "Table Ypsilon", offline: false, face: "none" }), [NAME, "Quillfeather", "Ypsilon"]],
    "already in": [view({ kind: "already_in", name: NAME, first: { at: AT, gate: "Gate Omega" }, face: "none" }), [NAME, "Quillfeather", "Omega", "10:32"]],
    consent: [view({ kind: "consent", name: NAME }), [NAME, "Quillfeather"]],
  };
  /** What is typed on a screen by its keys, and what comes after it. */
  const TYPED = [
    ["ticket", [..."K7P2QX"], ["ticket, checking", "not found, ticket"], ["K7P2QX"]],
    ["confirm", [..."8641"], ["confirm, checking", "confirm, refused", "not found, fact"], ["8641"]],
    ["name", [..."quillfeather"], ["name, digits", "name, digits, checking", "name, refused", "not found, name"], ["quillfeather"]],
    ["name, digits", [..."8641"], ["name, digits, checking", "not found, name"], ["8641"]],
    ["name", [..."8641"], ["name, second", "name, second, checking", "not found, name closed"], ["8641"]],
  ];
  const ENDS = ["idle", "approaching, hint", "staff called", "trouble", "idle, camera unplugged"];

  for (const [name, [shown, words]] of Object.entries(secret)) {
    it(`nothing of ${name}, wherever the screen goes`, async (t) => {
      const kiosk = await GuestScreen.open(t, browser, shown);
      for (const end of ENDS) {
        await kiosk.show(shown);
        await kiosk.page.getByText(NAME).first().waitFor();
        const there = await kiosk.page.evaluate(remains, words);
        assert.notDeepEqual(there, [], "the search finds what is there");
        await kiosk.show(GUEST_VIEWS[end]);
        assert.deepEqual(await kiosk.page.evaluate(remains, words), [], end);
      }
    });
  }

  for (const [name, keys, through, words] of TYPED) {
    it(`nothing of what was typed: ${name}, ${keys.join("")}`, async (t) => {
      const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.idle);
      for (const end of ENDS) {
        await kiosk.show(GUEST_VIEWS[name]);
        await kiosk.tapKeys(keys);
        for (const next of through) await kiosk.show(GUEST_VIEWS[next]);
        await kiosk.show(GUEST_VIEWS[end]);
        assert.deepEqual(await kiosk.page.evaluate(remains, words), [], `${through.at(-1)}, then ${end}`);
        await kiosk.show(GUEST_VIEWS[name]);
        assert.deepEqual(await kiosk.page.evaluate(remains, words), [], "nor when the same screen opens again");
        await kiosk.show(GUEST_VIEWS.idle);
      }
    });
  }

  it("nothing of what was typed when the time is over at once", async (t) => {
    const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.name);
    await kiosk.tapKeys([..."quillfeather"]);
    assert.notDeepEqual(await kiosk.page.evaluate(remains, ["quillfeather"]), []);
    await kiosk.show(GUEST_VIEWS["name, closing"]);
    await kiosk.show(GUEST_VIEWS.idle);
    assert.deepEqual(await kiosk.page.evaluate(remains, ["quillfeather"]), []);
  });

  it("no picture of them once the camera shows nothing", async (t) => {
    const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.welcome);
    const painted = () =>
      kiosk.page.evaluate(() =>
        [...document.querySelectorAll("canvas")]
          .filter(({ width, height }) => width * height > 0)
          .some((canvas) => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte > 0)),
      );
    kiosk.host.picture = PICTURE;
    await kiosk.called("preview.painted");
    assert.ok(await painted(), "they saw themselves");
    await kiosk.show(GUEST_VIEWS["idle, camera unplugged"]);
    assert.ok(!(await painted()), "the last picture would stay there until somebody plugs the camera in");
  });

  it("the screen to the next guest within a second", async (t) => {
    const kiosk = await GuestScreen.open(t, browser, GUEST_VIEWS.welcome);
    for (const result of ["welcome", "already in", "not found, face", "welcome, long name"]) {
      await kiosk.show(GUEST_VIEWS[result]);
      const stepsUp = performance.now();
      await kiosk.show(GUEST_VIEWS["approaching, hint"]);
      const lasted = performance.now() - stepsUp;
      assert.equal(await kiosk.kind(), "approaching");
      assert.ok(lasted < 1_000, `${lasted} ms after ${result}`);
    }
  });
});
