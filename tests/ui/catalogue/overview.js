// Every look of the tabs that tell how things go, of the settings, and of adding a guest.
import { ALIKES, DIAGNOSTICS, NOT_BEGUN, SETTINGS, UNPLUGGED } from "../support/staffViews.js";
import { LOOKS, refused } from "../support/views.js";
import { desk } from "./sheet.js";

/** Goes where a guest is added. */
async function addGuest(kiosk) {
  await kiosk.searchInVain("mia");
  await kiosk.tap("add-guest");
  await kiosk.at("walk-in").waitFor();
}

/** Adds the guest, until the kiosk says what is wrong. */
async function addInVain(kiosk) {
  await addGuest(kiosk);
  await kiosk.tap("walk-in-go");
  await kiosk.told();
}

export const WALK_IN_STATES = [
  desk("new guest", addGuest, { replies: { "staff.search": [] } }),
  desk("new guest, phone too short", addInVain, {
    replies: { "staff.search": [], "staff.look_alikes": refused("staff.phone_short") },
  }),
  desk("new guest, name too long", addInVain, {
    replies: { "staff.search": [], "staff.look_alikes": refused("staff.text_too_long") },
  }),
  desk("new guest, on the list already", async (kiosk) => {
    await addGuest(kiosk);
    await kiosk.tap("walk-in-go");
    await kiosk.at("look-alikes").waitFor();
  }, { replies: { "staff.search": [], "staff.look_alikes": ALIKES } }),
  desk("new guest, checked in", async (kiosk) => {
    await addGuest(kiosk);
    await kiosk.tap("walk-in-go");
    await kiosk.told();
  }, { replies: { "staff.search": [] } }),
];

export const LIVE_STATES = [
  desk("live", (kiosk) => kiosk.openTab("live", "inside")),
  desk("live, as tables", async (kiosk) => {
    await kiosk.openTab("live", "inside");
    await kiosk.tap("arrivals-table");
    await kiosk.tap("outcomes-table");
  }),
  desk("live, nobody yet", (kiosk) => kiosk.openTab("live", "inside"), { replies: { "staff.live": NOT_BEGUN } }),
  desk("live, looked after already", async (kiosk) => {
    await kiosk.openTab("live", "inside");
    await kiosk.tap("attend");
    await kiosk.told();
  }, { replies: { "staff.attend": refused("staff.unknown_need") } }),
];

export const DIAGNOSTICS_STATES = [
  desk("diagnostics", (kiosk) => kiosk.openTab("diagnostics", "diag-camera")),
  desk("diagnostics, camera unplugged", (kiosk) => kiosk.openTab("diagnostics", "diag-camera"), {
    replies: { "staff.diagnostics": UNPLUGGED },
  }),
  desk("diagnostics, nobody lately", (kiosk) => kiosk.openTab("diagnostics", "diag-camera"), {
    replies: { "staff.diagnostics": { ...DIAGNOSTICS, stages: [] } },
  }),
  desk("diagnostics, file for support", async (kiosk) => {
    await kiosk.openTab("diagnostics", "diag-camera");
    await kiosk.tap("support");
    await kiosk.at("support-file").waitFor();
  }),
  desk("diagnostics, no file", async (kiosk) => {
    await kiosk.openTab("diagnostics", "diag-camera");
    await kiosk.tap("support");
    await kiosk.told();
  }, { replies: { "staff.support": refused("staff.support_failed") } }),
];

/** A state of the settings of which `part` is looked at. */
const settings = (name, part, how) =>
  desk(`settings, ${name}`, async (kiosk) => {
    await kiosk.openTab("settings", part);
    await kiosk.at(part).first().scrollIntoViewIfNeeded();
  }, how);

export const SETTINGS_STATES = [
  settings("sounds", "sounds"),
  settings("sounds on, a quiet event", "sounds", { rest: { looks: { ...LOOKS, volume: 0 } } }),
  settings("languages", "languages"),
  settings("one language", "languages", { replies: { "staff.settings": { ...SETTINGS, languages: ["de"] } } }),
  settings("cameras", "cameras"),
  settings("chosen camera away", "cameras", {
    replies: { "staff.settings": { ...SETTINGS, camera: { can_choose: true, chosen: "Brio", connected: ["HD Pro Webcam C920"] } } },
  }),
  settings("a recording", "cameras", {
    replies: { "staff.settings": { ...SETTINGS, camera: { can_choose: false, chosen: null, connected: [] } } },
  }),
  settings("of the kiosk", "set-kiosk"),
  settings("of the event", "set-event"),
  desk("settings, impossible", async (kiosk) => {
    await kiosk.openTab("settings", "sounds");
    await kiosk.tap("sounds");
    await kiosk.told();
  }, { replies: { "staff.change_setting": refused("staff.setting_impossible") } }),
];
