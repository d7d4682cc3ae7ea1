// Whole ways through the real kiosk with people on its list: by ticket, in another language, by hand, and with the
// window closed in the middle.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { GuestScreen } from "./pages/guestScreen.js";
import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { RealHost } from "./support/realHost.js";

const PIN = "2468";
const ROSTER = `id,name,company,ticket_code,phone,note
g-1,Lena Hoffmann,Hoffmann & Weiss,K7P2QX,+49 30 23125 1037,Table 3
g-2,李娜,同济城市规划设计研究院,M3T8RA,+49 30 23125 1074,
g-3,Kwame Mensah,Volta Housing,W9L4HD,+49 30 23125 1111,Table 1
`;

// One after the other: there is one kiosk, and what one test does the next one finds.
describe("a real kiosk with people on its list", { concurrency: 1 }, () => {
  let browser;
  let host;
  let page;
  let guest;
  let staff;

  before(async () => {
    browser = await launch();
    host = await RealHost.start({ roster: ROSTER });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    guest = new GuestScreen(page, host);
    staff = new StaffSheet(page, host);
    await page.goto(host.address);
    await page.locator('[data-view][data-camera="live"]').waitFor();
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  /** From wherever the last guest left, to a screen that offers the ticket. */
  const offersTicket = () => guest.shown("idle", "approaching", "not_found");

  it("lets a guest in by ticket, in the language that they chose, and greets the next one in its own", async () => {
    await offersTicket();
    await guest.speak("zh-CN");
    await guest.byTicket("M3T8RA");
    await guest.shown("welcome");
    assert.equal(await guest.at("name").innerText(), "李娜");
    assert.equal(await guest.language(), "zh-CN");
    await guest.shown("idle", "approaching", "not_found");
    assert.equal(await guest.language(), "en", "whoever comes next is another guest");
    assert.ok(!(await guest.everything()).includes("李娜"), "nothing of the last guest is left");
  });

  it("tells a guest whose ticket was used before when and where that was", async () => {
    await offersTicket();
    await guest.byTicket("M3T8RA");
    await guest.shown("already_in");
    assert.match(await guest.at("card").innerText(), /\d:\d\d[^]*Main entrance/);
    await guest.tap("dismiss");
  });

  it("calls staff, who see that somebody needed them", async () => {
    await offersTicket();
    await guest.byTicket("NOBODY");
    await guest.shown("not_found");
    await guest.tap("call-staff");
    await guest.shown("staff_called");
    await guest.at("attention").waitFor();
    await guest.tap("dismiss");
    await guest.shown("idle", "approaching", "not_found");
  });

  it("keeps the guest's screen when its window is closed and opened again in the middle", async () => {
    await offersTicket();
    await guest.tap("use-ticket");
    await guest.shown("ticket");
    await guest.tapKeys([..."K7P"]);
    await guest.reload();
    assert.equal(await guest.kind(), "ticket", "the kiosk knows where the guest is");
    await guest.tapKeys([..."K7P2QX"]);
    await guest.tap("ticket-go");
    await guest.shown("welcome");
    assert.equal(await guest.at("name").innerText(), "Lena Hoffmann");
  });

  it("lets staff check a guest in by hand, take it back and lock; a reload in between changes nothing", async () => {
    await staff.nameFirst("mara");
    await staff.choosePin(PIN);
    await staff.checkIn("kwa", "Kwame Mensah", "document");
    assert.match(await staff.news(), /Kwame Mensah is checked in/);
    await staff.reload();
    await staff.desk();
    const row = await staff.find("mens", "Kwame Mensah");
    assert.match(await row.innerText(), /In since/);
    await row.getByTestId("undo").click();
    await staff.reason("mistake");
    await staff.told();
    await row.getByTestId("check-in").waitFor();
    await staff.openTab("recent", "check-in-row");
    assert.match(await staff.row("check-in-row", "Kwame Mensah").innerText(), /Taken back/);
    await staff.lock();
    assert.ok(!(await staff.everything()).includes("Kwame"), "what staff saw is gone");
  });

  it("is still locked after a reload, and opens for the PIN", async () => {
    await staff.reload();
    assert.equal(await staff.stage(), null);
    await staff.unlock(PIN);
    await staff.openTab("queue", "connection");
    assert.match(await staff.at("connection").innerText(), /Connected/);
    await staff.lock();
    assert.deepEqual([...guest.errors, ...staff.errors], []);
  });
});
