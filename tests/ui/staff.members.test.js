// Who belongs to the staff, and what each role finds on the desk.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { StaffSheet } from "./pages/staffSheet.js";
import { launch } from "./support/browser.js";
import { CONFLICTS, MEMBERS, ON_DUTY, QUEUE, RECENT, refused } from "./support/views.js";

describe("staff and their roles", { concurrency: 3 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const desk = async (t, role = "supervisor", parts = {}) => {
    const kiosk = await StaffSheet.arrive(t, browser);
    await kiosk.unlocked({ member: ON_DUTY[role], ...parts });
    return kiosk;
  };

  it("show who is here, and everybody with their role and whether their PIN works", async (t) => {
    const kiosk = await desk(t);
    assert.match(await kiosk.at("on-duty").innerText(), /Mara Lindqvist\s+Supervisor/);
    await kiosk.tab("staff");
    assert.match(await kiosk.row("member", "Mara Lindqvist").innerText(), /Supervisor[^]*May 9, 2026[^]*You/);
    assert.match(await kiosk.row("member", "Tobias Keller").innerText(), /Volunteer[^]*Has a PIN/);
    assert.match(await kiosk.row("member", "陈静").innerText(), /Volunteer[^]*Disabled/);
  });

  it("a supervisor adds somebody, who types their PIN twice", async (t) => {
    const kiosk = await desk(t);
    await kiosk.tab("staff");
    await kiosk.tap("member-add");
    assert.ok(await kiosk.at("member-next").isDisabled());
    await kiosk.typeLine("noor");
    await kiosk.tap("role-supervisor");
    await kiosk.tap("member-next");
    await kiosk.sheet().getByText("noor, type your new PIN").waitFor();
    kiosk.host.replies["staff.add_member"] = refused("staff.pin_taken");
    await kiosk.choosePin("2468");
    await kiosk.at("pin-notice").getByText("cannot be used").waitFor();
    kiosk.host.replies["staff.add_member"] = MEMBERS[1];
    await kiosk.choosePin("8642");
    const wish = { name: "noor", role: "supervisor", pin: "8642" };
    assert.deepEqual(await kiosk.called("staff.add_member", ({ pin }) => pin === "8642"), wish);
    await kiosk.at("staff-news").getByText("noor belongs to the staff now").waitFor();
    assert.ok(!(await kiosk.everything()).includes("8642"));
  });

  it("a supervisor gives somebody another name and role", async (t) => {
    const kiosk = await desk(t);
    await kiosk.tab("staff");
    await kiosk.row("member", "Tobias Keller").getByTestId("member-change").click();
    await kiosk.sheet().getByText("Change Tobias Keller").waitFor();
    assert.equal(await kiosk.line(), "Tobias Keller");
    assert.equal(await kiosk.at("role-volunteer").getAttribute("aria-checked"), "true");
    await kiosk.at("typing").fill(" ");
    assert.ok(await kiosk.at("member-next").isDisabled(), "a name is not left out");
    await kiosk.at("typing").fill("Tobias Kellermann");
    await kiosk.tap("role-supervisor");
    await kiosk.tap("member-next");
    const wish = { member: "m-2", name: "Tobias Kellermann", role: "supervisor" };
    assert.deepEqual(await kiosk.called("staff.change_member"), wish);
    await kiosk.at("staff-news").getByText("Saved: Tobias Kellermann, Supervisor").waitFor();
    await kiosk.at("members").waitFor();
  });

  it("the last supervisor stays one, and what was typed is still there", async (t) => {
    const kiosk = await desk(t);
    await kiosk.tab("staff");
    kiosk.host.replies["staff.change_member"] = refused("staff.last_supervisor");
    await kiosk.row("member", "Mara Lindqvist").getByTestId("member-change").click();
    await kiosk.tap("role-volunteer");
    await kiosk.tap("member-next");
    await kiosk.at("staff-news").getByText("Add another supervisor first").waitFor();
    assert.equal(await kiosk.line(), "Mara Lindqvist");
  });

  it("who becomes a volunteer at their own desk finds a volunteer's tabs at once", async (t) => {
    const kiosk = await desk(t);
    await kiosk.tab("staff");
    await kiosk.at("member").first().waitFor();
    await kiosk.unlockedFor({ member: { ...ON_DUTY.supervisor, role: "volunteer" } });
    await kiosk.at("members").waitFor({ state: "detached" });
    assert.equal(await kiosk.at("tab-staff").count(), 0);
    assert.equal(await kiosk.at("tab-guests").getAttribute("aria-selected"), "true");
    await kiosk.at("search").waitFor();
  });

  it("a supervisor gives somebody a new PIN", async (t) => {
    const kiosk = await desk(t);
    await kiosk.tab("staff");
    await kiosk.row("member", "Tobias Keller").getByTestId("member-pin").click();
    await kiosk.choosePin("97531");
    assert.deepEqual(await kiosk.called("staff.set_member_pin"), { member: "m-2", pin: "97531" });
    await kiosk.at("staff-news").getByText("Tobias Keller has a new PIN").waitFor();
  });

  it("a supervisor takes PINs away and gives them back, but not the last supervisor's", async (t) => {
    const kiosk = await desk(t);
    await kiosk.tab("staff");
    await kiosk.row("member", "Tobias Keller").getByTestId("member-disable").click();
    assert.deepEqual(await kiosk.called("staff.set_member_enabled"), { member: "m-2", enabled: false });
    await kiosk.at("staff-news").getByText("opens nothing any more").waitFor();
    await kiosk.row("member", "陈静").getByTestId("member-enable").click();
    await kiosk.called("staff.set_member_enabled", ({ member, enabled }) => member === "m-3" && enabled);
    kiosk.host.replies["staff.set_member_enabled"] = refused("staff.last_supervisor");
    await kiosk.row("member", "Mara Lindqvist").getByTestId("member-disable").click();
    await kiosk.at("staff-news").getByText("Add another supervisor first").waitFor();
  });

  it("a volunteer finds no button that is not theirs", async (t) => {
    const storage = { kind: "salvaged", at: 0, incomplete: false };
    const kiosk = await desk(t, "volunteer", { storage });
    assert.match(await kiosk.at("on-duty").innerText(), /Tobias Keller\s+Volunteer/);
    assert.equal(await kiosk.at("tab-staff").count(), 0);
    await kiosk.at("notice").waitFor();
    assert.equal(await kiosk.at("understood").count(), 0);
    await kiosk.tab("queue");
    await kiosk.at("retry").first().waitFor();
    assert.equal(await kiosk.at("export-open").count(), 0);
    assert.equal(await kiosk.at("wipe-open").count(), 0);
    assert.deepEqual(kiosk.host.callsOf("staff.members"), []);
  });

  it("a volunteer finds no way to change what is long past", async (t) => {
    const kiosk = await desk(t, "volunteer");
    kiosk.host.replies["staff.recent"] = RECENT.map((entry) => ({ ...entry, may_change: entry.check_in === "c-2" }));
    kiosk.host.replies["staff.conflicts"] = CONFLICTS.map((row) => ({ ...row, may_undo: false }));
    const parked = QUEUE.parked.map((entry) => ({ ...entry, may_change: false }));
    kiosk.host.replies["staff.queue"] = { ...QUEUE, parked };
    await kiosk.tab("recent");
    await kiosk.at("check-in-row").first().waitFor();
    assert.equal(await kiosk.at("undo").count(), 1);
    assert.equal(await kiosk.at("correct").count(), 1);
    await kiosk.tab("conflicts");
    await kiosk.at("accept").first().waitFor();
    assert.equal(await kiosk.at("take-back").count(), 0);
    await kiosk.tab("queue");
    await kiosk.at("retry").first().waitFor();
    assert.equal(await kiosk.at("amend").count(), 0);
  });
});
