// The screens on the real kiosk: a real camera thread, real recognition, a real backend, in a plain browser.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { GuestScreen } from "./pages/guestScreen.js";
import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { RealHost } from "./support/realHost.js";

const PIN = "2468";

// One after the other: there is one kiosk, and staff choose its PIN once.
describe("the real kiosk", { concurrency: 1 }, () => {
  let browser;
  let host;
  let page;
  let guest;
  const frames = [];

  before(async () => {
    browser = await launch();
    host = await RealHost.start();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    page.on("response", (response) => {
      const frame = response.url().includes("/api/preview") ? response.headers()["x-frame"] : undefined;
      if (frame !== undefined) frames.push(Number(frame));
    });
    guest = new GuestScreen(page, host);
    await page.goto(host.address);
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  it("shows the camera's pictures, each one newer than the last", async () => {
    await page.locator('[data-view][data-camera="live"]').waitFor();
    await page.waitForFunction(() => document.querySelector("canvas")?.width >= 320);
    const before = frames.length;
    await page.waitForResponse((response) => Number(response.headers()["x-frame"]) >= (frames[before - 1] ?? 0) + 5);
    assert.ok(frames.length > 1, "one picture is no preview");
    assert.ok(frames.every((frame, at) => at === 0 || frame > frames[at - 1]), `no picture comes twice: ${frames}`);
  });

  it("notices who walks up, and does not find them on an empty list", async () => {
    await guest.shown("approaching");
    await guest.shown("not_found");
    assert.equal(await page.getByTestId("name").count(), 0, "strangers are greeted by no name");
  });

  it("finds nobody by a code that is on no ticket", async () => {
    await guest.byTicket("QQ99");
    await guest.shown("not_found");
    assert.match(await guest.spoken(), /\S/, "the result is spoken");
  });

  it("lets staff choose a PIN, search the empty list, and lock again", async () => {
    const staff = new StaffSheet(page, host);
    await staff.nameFirst("mara");
    await staff.choosePin(PIN);
    assert.match(await staff.at("on-duty").innerText(), /mara\s+Supervisor/);
    await staff.tapKeys([..."wei"]);
    await staff.at("rows").getByText("wei").waitFor();
    assert.equal(await staff.at("guest").count(), 0, "there is nobody on the list");
    await staff.lock();
    assert.deepEqual(guest.errors, []);
  });

  it("opens for the chosen PIN and for no other", async () => {
    const staff = new StaffSheet(page, host);
    await staff.summon();
    await staff.enterPin("1357");
    await staff.at("pin-notice").filter({ hasText: /\S/ }).waitFor();
    assert.equal(await staff.stage(), "pin", "a wrong PIN opens nothing");
    await staff.enterPin(PIN);
    await staff.desk();
    await staff.lock();
  });
});
