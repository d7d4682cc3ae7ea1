// Every look of staff's sheet, and how to get there from a locked kiosk.
import assert from "node:assert/strict";

import { NOTICES, ON_DUTY, QUEUE, refused } from "../support/views.js";
import { IMPORT_STATES } from "./imports.js";
import { DIAGNOSTICS_STATES, LIVE_STATES, SETTINGS_STATES, WALK_IN_STATES } from "./overview.js";
import { desk, gate } from "./sheet.js";
import { LONG_QUEUE, MANY_RECENT, MANY_ROWS } from "./venue.js";

const NOTHING_WAITS = { ...QUEUE, waiting: 0, entries: [], parked: [], connection: "online" };
const PASSPHRASE = "gate b-2 closes";

const PIN_STATES = [
  gate("PIN"),
  gate("first supervisor", undefined, { lock: "unset" }),
  gate("first supervisor, PIN", (kiosk) => nameFirst(kiosk), { lock: "unset" }),
  gate("first supervisor, PIN again", async (kiosk) => {
    await nameFirst(kiosk);
    await kiosk.enterPin("2468");
  }, { lock: "unset" }),
  gate("PIN, too short", (kiosk) => kiosk.enterPin("12")),
  gate("PIN, wrong", refusedPin, { replies: { "staff.unlock": refused("staff.pin_wrong") } }),
  gate("PIN, locked out", refusedPin, { replies: { "staff.unlock": refused("staff.locked_out", 30) } }),
];

/** Types the first supervisor's name. */
async function nameFirst(kiosk) {
  await kiosk.typeLine("mara");
  await kiosk.tap("name-next");
}

/** Types a PIN that the kiosk refuses. */
async function refusedPin(kiosk) {
  await kiosk.enterPin("1357");
  await kiosk.at("pin-notice").filter({ hasText: /\S/ }).waitFor();
}

const GUESTS_STATES = [
  desk("guests, nothing typed", undefined, { replies: { "staff.search": [] } }),
  desk("guests, found", (kiosk) => kiosk.search("zhang")),
  desk("guests, many found", async (kiosk) => {
    await kiosk.search("a");
    await kiosk.tap("search-keyboard");
  }, { replies: { "staff.search": MANY_ROWS } }),
  desk("guests, nobody found", (kiosk) => kiosk.searchInVain("zhangwu"), { replies: { "staff.search": [] } }),
  desk("guests, reason for a check-in", async (kiosk) => {
    await kiosk.search("zhang");
    await kiosk.tap("check-in");
    await kiosk.at("reasons").waitFor();
  }),
  desk("guests, checked in", async (kiosk) => {
    await kiosk.search("zhang");
    await kiosk.tap("check-in");
    await kiosk.reason("document");
    await kiosk.told();
  }, { replies: { "staff.check_in": { kind: "recorded", check_in: "c-9" } } }),
  desk("guests, face", async (kiosk) => {
    await kiosk.search("zhang");
    await kiosk.tap("face");
    await kiosk.at("face-actions").waitFor();
  }),
  desk("guests, face removed", async (kiosk) => {
    await kiosk.search("zhang");
    await kiosk.tap("face");
    await kiosk.tap("withdraw");
    assert.deepEqual(kiosk.host.callsOf("staff.withdraw"), [], "asked once before");
    await kiosk.tap("withdraw-sure");
    await kiosk.told();
  }),
  desk("guests, face, no network", async (kiosk) => {
    await kiosk.search("zhang");
    await kiosk.tap("face");
    await kiosk.tap("enrol");
    await kiosk.told();
  }, { replies: { "staff.enrol": refused("enrol.offline") } }),
  desk("guests, a volunteer", (kiosk) => kiosk.search("zhang"), { parts: { member: ON_DUTY.volunteer } }),
  desk("guests, undo refused", async (kiosk) => {
    await kiosk.search("zhang");
    await kiosk.tap("undo");
    await kiosk.reason("mistake");
    await kiosk.told();
  }, { replies: { "staff.undo": refused("staff.unknown_check_in") } }),
];

const RECENT_STATES = [
  desk("last check-ins", (kiosk) => kiosk.openTab("recent", "check-in-row")),
  desk("last check-ins, many", (kiosk) => kiosk.openTab("recent", "check-in-row"), { replies: { "staff.recent": MANY_RECENT } }),
  desk("last check-ins, none", (kiosk) => kiosk.openTab("recent", "recent"), { replies: { "staff.recent": [] } }),
  desk("last check-ins, reason for an undo", async (kiosk) => {
    await kiosk.openTab("recent", "check-in-row");
    await kiosk.tap("undo");
    await kiosk.at("reasons").waitFor();
  }),
  desk("last check-ins, who was it", async (kiosk) => {
    await kiosk.openTab("recent", "check-in-row");
    await kiosk.tap("correct");
    await kiosk.search("wei");
    await kiosk.tap("pick");
    await kiosk.at("reasons").waitFor();
  }),
];

const CONFLICT_STATES = [
  desk("let in twice", (kiosk) => kiosk.openTab("conflicts", "conflict")),
  desk("let in twice, none", (kiosk) => kiosk.openTab("conflicts", "conflicts"), {
    parts: { conflicts: 0 },
    replies: { "staff.conflicts": [] },
  }),
  desk("let in twice, reason", async (kiosk) => {
    await kiosk.openTab("conflicts", "conflict");
    await kiosk.tap("take-back");
    await kiosk.at("reasons").waitFor();
  }),
  desk("let in twice, decided elsewhere", async (kiosk) => {
    await kiosk.openTab("conflicts", "conflict");
    await kiosk.tap("accept");
    await kiosk.reason("guest_asked");
    await kiosk.told();
  }, { replies: { "staff.resolve": refused("staff.unknown_conflict") } }),
];

const QUEUE_STATES = [
  desk("queue", (kiosk) => kiosk.openTab("queue", "connection")),
  desk("queue, long", (kiosk) => kiosk.openTab("queue", "connection"), {
    parts: { waiting: 14 },
    replies: { "staff.queue": LONG_QUEUE },
  }),
  desk("queue, empty", (kiosk) => kiosk.openTab("queue", "connection"), {
    parts: { waiting: 0, conflicts: 0 },
    replies: { "staff.queue": NOTHING_WAITS },
  }),
  desk("queue, it was another guest", async (kiosk) => {
    await kiosk.openTab("queue", "connection");
    await kiosk.tap("amend");
    await kiosk.search("wei");
  }),
  desk("export", (kiosk) => kiosk.panel("export")),
  desk("export, too short", async (kiosk) => {
    await kiosk.panel("export");
    await kiosk.typeLine("short");
    await kiosk.tap("export-go");
  }),
  desk("export, done", async (kiosk) => {
    await kiosk.panel("export");
    for (const _ of ["first", "again"]) {
      await kiosk.typeLine(PASSPHRASE);
      await kiosk.tap("export-go");
    }
    await kiosk.at("export-file").waitFor();
  }, { replies: { "staff.export_queue": { file: "data/export/queue-20260509T0232.portico", entries: 4 } } }),
  desk("wipe", (kiosk) => kiosk.panel("wipe")),
  desk("wipe, reason", async (kiosk) => {
    await kiosk.panel("wipe");
    await kiosk.typeLine("wipe");
    await kiosk.at("reasons").waitFor();
  }),
  desk("wipe, refused", async (kiosk) => {
    await kiosk.panel("wipe");
    await kiosk.typeLine("wipe");
    await kiosk.reason("event_over");
    await kiosk.at("wipe-export").waitFor();
  }, { replies: { "staff.wipe": refused("staff.entries_wait") } }),
];

const MEMBER_STATES = [
  desk("staff", (kiosk) => kiosk.openTab("staff", "member")),
  desk("staff, new", async (kiosk) => {
    await kiosk.openTab("staff", "member");
    await kiosk.tap("member-add");
    await kiosk.typeLine("noor");
    await kiosk.tap("role-volunteer");
  }),
  desk("staff, change", async (kiosk) => {
    await kiosk.openTab("staff", "member");
    await kiosk.row("member", "Tobias Keller").getByTestId("member-change").click();
    await kiosk.at("change-member").waitFor();
  }),
  desk("staff, new PIN", async (kiosk) => {
    await kiosk.openTab("staff", "member");
    await kiosk.row("member", "Tobias Keller").getByTestId("member-pin").click();
    await kiosk.tapKeys([..."97"]);
  }),
];

const NOTICE_STATES = Object.entries(NOTICES).map(([name, [parts, rest]]) =>
  desk(`notice, ${name.replaceAll("_", " ")}`, (kiosk) => kiosk.at("notice").waitFor(), { parts, rest }),
);

export const STAFF_STATES = [
  ...PIN_STATES,
  ...GUESTS_STATES,
  ...WALK_IN_STATES,
  ...LIVE_STATES,
  ...RECENT_STATES,
  ...CONFLICT_STATES,
  ...QUEUE_STATES,
  ...DIAGNOSTICS_STATES,
  ...SETTINGS_STATES,
  ...IMPORT_STATES,
  ...MEMBER_STATES,
  ...NOTICE_STATES,
];
