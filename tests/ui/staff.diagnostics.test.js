// How the kiosk is doing, the file for support, and what it is set to.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { GuestScreen } from "./pages/guestScreen.js";
import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { faults } from "./support/measure.js";
import { DIAGNOSTICS, SETTINGS, UNPLUGGED } from "./support/staffViews.js";
import { LOOKS, refused, view } from "./support/views.js";

describe("staff looking after the kiosk", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = async (t, tab, how) => {
    const kiosk = await StaffSheet.arrive(t, browser, how);
    await kiosk.unlocked();
    await kiosk.tab(tab);
    await kiosk.at(tab).locator("dl").first().waitFor();
    return kiosk;
  };

  it("see camera, recognition, storage and event system", async (t) => {
    const kiosk = await open(t, "diagnostics");
    assert.match(await kiosk.at("diag-camera").innerText(), /Live[^]*C920[^]*1280 × 720, jpeg, 30 per second[^]*29.4 per second/);
    assert.match(await kiosk.at("diag-recognition").innerText(), /mobilefacenet-repaired \(single\)[^]*0.421[^]*1,016 of 1,002 guests/);
    assert.match(await kiosk.at("diag-storage").innerText(), /18 MB, log 400 kB[^]*in place[^]*file that only/);
    assert.match(await kiosk.at("diag-sync").innerText(), /Connected[^]*1.2 s[^]*none/);
    assert.match(await kiosk.at("diag-kiosk").innerText(), /4 h 13 min/);
  });

  it("see how long each step takes", async (t) => {
    const kiosk = await open(t, "diagnostics");
    assert.equal(await kiosk.at("stage").count(), DIAGNOSTICS.stages.length);
    assert.match(await kiosk.at("stage").filter({ hasText: "Event system asked" }).innerText(), /84\s+213\s+24/);
    const widths = await kiosk.at("stages").locator(".most").evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
    assert.equal(Math.max(...widths), widths[4], "the slowest step has the longest bar");
    kiosk.host.replies["staff.diagnostics"] = { ...DIAGNOSTICS, stages: [] };
    await kiosk.tap("refresh");
    await kiosk.at("stages").getByText("No guest in the last five minutes").waitFor();
  });

  it("see a camera that is gone, and what to do", async (t) => {
    const kiosk = await StaffSheet.arrive(t, browser);
    kiosk.host.replies["staff.diagnostics"] = UNPLUGGED;
    await kiosk.unlocked();
    await kiosk.tab("diagnostics");
    assert.match(await kiosk.at("diag-camera").innerText(), /unplugged[^]*plug it in again[^]*not known/);
  });

  it("write a file for support and hear where it is", async (t) => {
    const kiosk = await open(t, "diagnostics");
    await kiosk.tap("support");
    assert.equal(await kiosk.at("support-file").innerText(), "data/support-2026-05-09T02-32-20Z.json");
    await kiosk.at("diagnostics").getByText("no names, codes, digits or pictures").waitFor();
    kiosk.host.replies["staff.support"] = refused("staff.support_failed");
    await kiosk.tap("support");
    await kiosk.at("staff-news").getByText("there is room on this device").waitFor();
  });

  it("turn sounds off", async (t) => {
    const kiosk = await open(t, "settings");
    assert.equal(await kiosk.at("sounds").getAttribute("aria-checked"), "true");
    kiosk.host.replies["staff.settings"] = { ...SETTINGS, sounds: false };
    await kiosk.tap("sounds");
    assert.deepEqual(await kiosk.called("staff.change_setting"), { change: { kind: "sounds", on: false } });
    await kiosk.at("staff-news").getByText("setting was changed").waitFor();
    assert.equal(await kiosk.at("sounds").getAttribute("aria-checked"), "false");
  });

  it("turn sounds off for guests: only then a result is silent", async (t) => {
    const silent = { looks: { ...LOOKS, volume: 0 } };
    const kiosk = await GuestScreen.open(t, browser, view({ kind: "idle" }, silent));
    await kiosk.page.evaluate(() => {
      window.heard = 0;
      window.AudioContext = class {
        constructor() {
          window.heard += 1;
          throw new Error("counted");
        }
      };
    });
    const heard = () => kiosk.page.evaluate(() => window.heard);
    const welcome = { kind: "welcome", name: "Zhang Wei", note: null, offline: false };
    await kiosk.show(view(welcome, silent));
    await kiosk.show(view(welcome));
    assert.equal(await heard(), 0, "neither in silence nor because the switch was turned");
    await kiosk.show(view({ kind: "idle" }));
    await kiosk.show(view(welcome));
    assert.equal(await heard(), 1);
  });

  it("choose languages, of which the last cannot go", async (t) => {
    const kiosk = await open(t, "settings");
    await kiosk.tap("first-zh-CN");
    const turned = { change: { kind: "languages", languages: ["zh-CN", "en"] } };
    assert.deepEqual(await kiosk.called("staff.change_setting"), turned);
    // Settings are read again after each change; what they say next is for the reading after the next change.
    await kiosk.called("staff.settings", () => kiosk.host.callsOf("staff.settings").length === 2);
    kiosk.host.replies["staff.settings"] = { ...SETTINGS, languages: ["en"] };
    await kiosk.tap("language-zh-CN");
    await kiosk.called("staff.change_setting", ({ change }) => change.languages.length === 1);
    await kiosk.page.locator('[data-testid="language-en"]:disabled').waitFor();
  });

  it("read why nothing is heard although sounds are on", async (t) => {
    const kiosk = await open(t, "settings");
    await kiosk.at("sounds").waitFor();
    assert.equal(await kiosk.at("sounds-silent").count(), 0);
    await kiosk.change({ looks: { ...LOOKS, volume: 0 } });
    assert.match(await kiosk.at("sounds-silent").innerText(), /Nothing is heard at the moment: the event is a quiet one/);
    kiosk.host.replies["staff.settings"] = { ...SETTINGS, sounds: false };
    await kiosk.tap("sounds");
    await kiosk.at("sounds-silent").waitFor({ state: "detached" });
  });

  it("choose another camera, also when the chosen one is away", async (t) => {
    const kiosk = await open(t, "settings");
    kiosk.host.replies["staff.settings"] = {
      ...SETTINGS,
      camera: { can_choose: true, chosen: "Integrated Camera", connected: ["HD Pro Webcam C920"] },
    };
    await kiosk.at("camera").filter({ hasText: "Integrated Camera" }).click();
    assert.deepEqual(await kiosk.called("staff.change_setting"), { change: { kind: "camera", device: "Integrated Camera" } });
    await kiosk.at("camera").filter({ hasText: "Not connected" }).waitFor();
    await kiosk.tap("cameras-again");
    await kiosk.called("staff.change_setting", () => kiosk.host.callsOf("staff.change_setting").length === 2);
  });

  it("read where the rest is changed, and how long faces are kept", async (t) => {
    const kiosk = await open(t, "settings");
    assert.match(await kiosk.at("set-kiosk").innerText(), /Changed in this kiosk's configuration file[^]*Entrance left[^]*60 seconds/);
    assert.match(await kiosk.at("set-event").innerText(), /Future of Cities[^]*may be sent[^]*1,016, erased between Sat/i);
  });

  for (const [width, height] of [[1024, 600], [600, 1024], [1920, 1080]]) {
    for (const language of ["en", "zh-CN", "de"]) {
      it(`find everything in its place on ${width}×${height} in ${language}`, async (t) => {
        const limits = { root: "[data-staff]", leastText: 20, leastTarget: 48 };
        const kiosk = await open(t, "diagnostics", { size: { width, height }, language });
        await kiosk.tap("support");
        await kiosk.at("support-file").waitFor();
        assert.deepEqual(await kiosk.page.evaluate(faults, limits), [], "diagnostics");
        await kiosk.tab("settings");
        await kiosk.at("sounds").waitFor();
        assert.deepEqual(await kiosk.page.evaluate(faults, limits), [], "settings");
        assert.deepEqual(kiosk.errors, []);
      });
    }
  }
});
