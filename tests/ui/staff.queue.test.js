// What waits to be sent and what was refused: sending again, putting right, exporting, wiping.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { QUEUE, refused, staff } from "./support/views.js";

const PASSPHRASE = "gate b-2 closes";
const EMPTY = { ...QUEUE, waiting: 0, entries: [], parked: [], connection: "online" };

describe("staff at the queue", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = async (t, how) => {
    const kiosk = await StaffSheet.arrive(t, browser, how);
    await kiosk.unlocked({ waiting: 2 });
    await kiosk.tab("queue");
    await kiosk.at("connection").waitFor();
    return kiosk;
  };
  const choose = async (kiosk, passphrase) => {
    await kiosk.typeLine(passphrase);
    await kiosk.tap("export-go");
  };

  it("see what waits, what each entry is, what was refused and why", async (t) => {
    const kiosk = await open(t);
    await kiosk.at("connection").getByText("No network").waitFor();
    assert.match(await kiosk.at("last-success").innerText(), /10:32/);
    assert.match(await kiosk.row("parked", "Priya Raman").innerText(), /Check-in[^]*Why: This guest is not on the list/);
    const words = /Undo of a check-in[^]*Why: there is no check-in of this id/;
    assert.match(await kiosk.row("parked", "Kwame Mensah").innerText(), words, "event systems may give words alone");
    assert.equal(await kiosk.at("waiting").count(), 2);
    assert.match(await kiosk.at("waiting").nth(1).innerText(), /A guest who left the list[^]*Decision about a guest let in twice/);
    assert.equal(await kiosk.at("waiting").getByRole("button").count(), 0, "what waits goes by itself");
    kiosk.host.replies["staff.queue"] = EMPTY;
    await kiosk.change(staff("unlocked", { waiting: 0 }));
    await kiosk.tap("refresh");
    await kiosk.at("connection").getByText("Connected").waitFor();
    await kiosk.at("queue").getByText("Everything has been sent").waitFor();
    assert.ok(await kiosk.at("export-open").isDisabled(), "there is nothing to export");
  });

  it("send a refused entry again as it is", async (t) => {
    const kiosk = await open(t);
    kiosk.host.replies["staff.queue"] = { ...QUEUE, parked: [QUEUE.parked[0]] };
    await kiosk.row("parked", "Kwame Mensah").getByTestId("retry").click();
    assert.deepEqual(await kiosk.called("staff.retry"), { entry: "c-8" });
    await kiosk.at("staff-news").getByText("sent again").waitFor();
    await kiosk.row("parked", "Kwame Mensah").waitFor({ state: "detached" });
  });

  it("are told when the refused entry is gone", async (t) => {
    const kiosk = await open(t);
    kiosk.host.replies["staff.retry"] = refused("staff.unknown_entry");
    await kiosk.tap("retry");
    await kiosk.at("staff-news").getByText("waits no longer").waitFor();
  });

  it("move a refused check-in to the guest who really came, but not what is no check-in", async (t) => {
    const kiosk = await open(t);
    assert.equal(await kiosk.row("parked", "Kwame Mensah").getByTestId("amend").count(), 0);
    await kiosk.row("parked", "Priya Raman").getByTestId("amend").click();
    assert.match(await kiosk.at("correction").innerText(), /Priya Raman[^]*Who was it really/);
    await kiosk.search("wei");
    await kiosk.row("guest", "Zhang Wei").getByTestId("pick").click();
    assert.deepEqual(kiosk.host.callsOf("staff.amend"), [], "no reason, no change");
    kiosk.host.replies["staff.queue"] = { ...QUEUE, parked: [QUEUE.parked[1]] };
    await kiosk.reason("wrong_ticket");
    const params = await kiosk.called("staff.amend");
    assert.deepEqual(params, { entry: "c-7", attendee: "a-1", reason: "wrong_ticket" });
    await kiosk.at("staff-news").getByText("now Zhang Wei's check-in").waitFor();
    await kiosk.row("parked", "Priya Raman").waitFor({ state: "detached" });
  });

  it("export what was not sent with a passphrase typed twice, which is never shown", async (t) => {
    const kiosk = await open(t);
    kiosk.host.replies["staff.export_queue"] = { file: "data/export/queue-20260509T0232.portico", entries: 4 };
    await kiosk.tap("export-open");
    await choose(kiosk, PASSPHRASE);
    await kiosk.at("export").getByText("once more").waitFor();
    assert.equal(await kiosk.line(), "");
    await choose(kiosk, PASSPHRASE);
    assert.deepEqual(await kiosk.called("staff.export_queue"), { passphrase: PASSPHRASE });
    assert.equal(await kiosk.at("export-file").innerText(), "data/export/queue-20260509T0232.portico");
    assert.match(await kiosk.at("export-count").innerText(), /4 entries/);
    assert.ok(!(await kiosk.everything()).includes(PASSPHRASE));
    await kiosk.tap("panel-back");
    await kiosk.at("queue").waitFor();
  });

  it("hear that a passphrase is too short or differs, before anything is sent", async (t) => {
    const kiosk = await open(t);
    await kiosk.tap("export-open");
    await choose(kiosk, "eleven char");
    assert.match(await kiosk.at("export-notice").innerText(), /at least twelve/);
    assert.equal(await kiosk.at("typing").getAttribute("type"), "password");
    await choose(kiosk, "s");
    await kiosk.page.keyboard.type("eleven chars or mare");
    await kiosk.page.keyboard.press("Enter");
    assert.match(await kiosk.at("export-notice").innerText(), /differ/);
    await kiosk.page.keyboard.type(PASSPHRASE);
    await kiosk.page.keyboard.press("Enter");
    assert.equal(await kiosk.at("export-notice").innerText(), "", "the next one is a first one again");
    assert.deepEqual(kiosk.host.callsOf("staff.export_queue"), []);
  });

  it("are not locked out while they type a long passphrase", async (t) => {
    const kiosk = await open(t);
    await kiosk.page.clock.install();
    await kiosk.tap("export-open");
    const asked = () => kiosk.host.callsOf("staff.queue").length;
    const before = asked();
    await kiosk.typeLine("ab");
    await kiosk.page.clock.fastForward(21_000);
    await kiosk.typeLine("c");
    await kiosk.called("staff.queue", () => asked() === before + 2);
  });

  it("wipe the kiosk only after typing the word and giving a reason", async (t) => {
    const kiosk = await open(t);
    await kiosk.tap("wipe-open");
    await kiosk.typeLine("wip");
    assert.equal(await kiosk.at("reasons").count(), 0);
    await kiosk.typeLine("e");
    await kiosk.at("reasons").waitFor();
    assert.deepEqual(kiosk.host.callsOf("staff.wipe"), [], "the word alone does nothing");
    kiosk.host.replies["staff.queue"] = EMPTY;
    await kiosk.reason("event_over");
    assert.deepEqual(await kiosk.called("staff.wipe"), { reason: "event_over" });
    await kiosk.at("staff-news").getByText("was wiped").waitFor();
    await kiosk.at("queue").waitFor();
  });

  it("are led to the export when the kiosk refuses to be wiped, and start over", async (t) => {
    const kiosk = await open(t);
    kiosk.host.replies["staff.wipe"] = refused("staff.entries_wait");
    await kiosk.tap("wipe-open");
    assert.equal(await kiosk.at("wipe-export").count(), 0);
    await kiosk.typeLine("wipe");
    await kiosk.reason("handed_on");
    await kiosk.at("staff-news").getByText("neither sent nor exported").waitFor();
    assert.equal(await kiosk.line(), "");
    assert.equal(await kiosk.at("reasons").count(), 0);
    await kiosk.tap("wipe-export");
    await kiosk.at("export").waitFor();
    assert.equal(await kiosk.news(), "");
  });

  it("hear why a kiosk that keeps the event itself is not wiped, without being led to the export", async (t) => {
    const kiosk = await open(t);
    kiosk.host.replies["staff.wipe"] = refused("staff.wipe_keeps_event");
    await kiosk.tap("wipe-open");
    await kiosk.typeLine("wipe");
    await kiosk.reason("repair");
    await kiosk.at("staff-news").getByText("kept on this device").waitFor();
    assert.equal(await kiosk.at("wipe-export").count(), 0);
  });

  it("hear that the file could not be written, and may try again", async (t) => {
    const kiosk = await open(t);
    kiosk.host.replies["staff.export_queue"] = refused("staff.export_failed");
    await kiosk.tap("export-open");
    await choose(kiosk, PASSPHRASE);
    await choose(kiosk, PASSPHRASE);
    await kiosk.at("staff-news").getByText("could not be written").waitFor();
    assert.equal(await kiosk.at("exported").count(), 0);
    await kiosk.at("export").getByText("at least 12 characters").waitFor();
  });

  it("may leave the export and the wipe alone", async (t) => {
    const kiosk = await open(t);
    for (const panel of ["export", "wipe"]) {
      await kiosk.tap(`${panel}-open`);
      await kiosk.at(panel).waitFor();
      await kiosk.tap("panel-back");
      await kiosk.at("queue").waitFor();
    }
    assert.deepEqual([...kiosk.host.callsOf("staff.wipe"), ...kiosk.host.callsOf("staff.export_queue")], []);
  });

  it("read it in Chinese as well", async (t) => {
    const kiosk = await open(t, { language: "zh-CN" });
    assert.match(await kiosk.row("parked", "Priya Raman").innerText(), /签到[^]*原因：这位来宾不在名单上[^]*其实是另一位来宾[^]*重新上传/);
    assert.match(await kiosk.at("queue").innerText(), /导出到文件[^]*清空本机/);
  });
});
