// Views as the kiosk sends them, for tests to start from.

const EVENT = {
  name: "Future of Cities Summit 2026",
  tagline: "Shanghai World Expo Centre, 9 to 11 May",
  time_zone: "Asia/Shanghai",
  accent: "#7cc4ff",
  gate: "Gate A",
  enrols: true,
};

const STAFF = { lock: "locked", waiting: 0, attention: 0, conflicts: 0, storage: { kind: "sound" } };

/** A whole view with `guest` on the screen; `parts` replace the rest. */
export function view(guest, parts = {}) {
  return {
    revision: 0,
    event: EVENT,
    guest,
    camera: { state: "live" },
    faces: "ready",
    connection: "online",
    staff: STAFF,
    languages: ["en", "zh-CN"],
    ...parts,
  };
}

const AT = Date.UTC(2026, 4, 9, 2, 32);

/** One view for every look of the guest's screen, by a name that tells it. */
export const GUEST_VIEWS = {
  idle: view({ kind: "idle" }),
  "idle, camera starting": view({ kind: "idle" }, { camera: { state: "opening" } }),
  "idle, revoked, staff wanted": view(
    { kind: "idle" },
    { connection: "revoked", staff: { ...STAFF, waiting: 2, attention: 3, conflicts: 1 } },
  ),
  "idle, event not known yet": view({ kind: "idle" }, { event: { ...EVENT, name: "", tagline: null } }),
  "idle, long event name": view(
    { kind: "idle" },
    {
      event: {
        ...EVENT,
        name: "International Congress on Sustainable Urban Development and Mobility 2026",
        tagline: "Opening ceremony in the great hall on the second floor",
      },
    },
  ),
  "idle, camera unplugged": view({ kind: "idle" }, { camera: { state: "lost", reason: "unplugged" } }),
  "idle, camera stalled": view({ kind: "idle" }, { camera: { state: "stalled" } }),
  "approaching, hint": view({ kind: "approaching", hint: "more_light", progress: 0 }),
  "approaching, held": view({ kind: "approaching", hint: null, progress: 0.6 }),
  identifying: view({ kind: "identifying" }),
  "challenge, blink": view({ kind: "challenge", challenge: "blink" }),
  "challenge, turn": view({ kind: "challenge", challenge: "turn_left" }),
  confirm: view({ kind: "confirm", attempts_left: 3, refused: false, checking: false }),
  "confirm, refused": view({ kind: "confirm", attempts_left: 2, refused: true, checking: false }),
  "confirm, checking": view({ kind: "confirm", attempts_left: 2, refused: true, checking: true }),
  welcome: view({ kind: "welcome", name: "Zhang Wei", note: "Table 12, next to the stage", offline: false, face: "none" }),
  "welcome, offline": view(
    { kind: "welcome", name: "李娜", note: null, offline: true, face: "none" },
    { connection: "offline" },
  ),
  "welcome, revoked": view({ kind: "welcome", name: "李娜", note: null, offline: true, face: "none" }, { connection: "revoked" }),
  "welcome, long name": view({
    kind: "welcome",
    name: "Maximiliane-Charlotte von Hohenlohe-Schillingsfürst",
    note: "Your badge is printed at the desk on the left",
    offline: false,
    face: "enrol",
  }),
  "welcome, no name": view({ kind: "welcome", name: "", note: null, offline: false, face: "none" }),
  "already in": view({ kind: "already_in", name: "Zhang Wei", first: { at: AT, gate: "Gate B" }, face: "remove" }),
  "already in, no gate": view({ kind: "already_in", name: "", first: { at: AT, gate: null }, face: "none" }),
  "not found, face": view({ kind: "not_found", tried: "face" }),
  "not found, ticket": view({ kind: "not_found", tried: "ticket" }),
  "not found, fact": view({ kind: "not_found", tried: "fact" }),
  ticket: view({ kind: "ticket", checking: false }),
  "ticket, checking": view({ kind: "ticket", checking: true }),
  "staff called": view({ kind: "staff_called" }),
  trouble: view({ kind: "trouble" }),
  "welcome, may enrol": view({ kind: "welcome", name: "李娜", note: "Table 3", offline: false, face: "enrol" }),
  "welcome, may remove": view({ kind: "welcome", name: "Lena Hoffmann", note: null, offline: false, face: "remove" }),
  "enrol offer": view({ kind: "enrol_offer" }),
  consent: view({ kind: "consent", name: "Lena Hoffmann" }),
  "capture, first": view({ kind: "capture", hint: null, ask: "look_here", taken: 0, wanted: 3, sending: false }),
  "capture, hint": view({ kind: "capture", hint: "more_light", ask: "turn_a_little", taken: 1, wanted: 3, sending: false }),
  "capture, turn": view({ kind: "capture", hint: null, ask: "turn_a_little", taken: 2, wanted: 3, sending: false }),
  "capture, sending": view({ kind: "capture", hint: null, ask: "turn_a_little", taken: 3, wanted: 3, sending: true }),
  "enrolled, good": view({ kind: "enrolled", pictures: 3, quality: 0.8 }),
  "enrolled, fair": view({ kind: "enrolled", pictures: 2, quality: 0.4 }),
  "not enrolled, network": view({ kind: "not_enrolled", why: "network" }),
  "not enrolled, picture": view({ kind: "not_enrolled", why: "picture" }),
  "not enrolled, staff": view({ kind: "not_enrolled", why: "staff" }),
  withdraw: view({ kind: "withdraw", working: false }),
  "withdraw, working": view({ kind: "withdraw", working: true }),
  withdrawn: view({ kind: "withdrawn" }),
};

/** The longest text of a profile, as the kiosk answers with it. */
export const CONSENT = {
  version: "eu/1",
  language: "en",
  title: "Next time, just look here",
  paragraphs: [
    "If you like, this kiosk takes three pictures of your face and turns them into a list of numbers. Next time you come to a door of this event, the camera compares your face with these numbers, and you can walk in.",
    "The pictures are discarded at once. The numbers are biometric data. They are used for nothing but your entry, are not passed on, and are erased after 2 days at the latest.",
    "Future of Cities Summit Ltd is responsible for them. You may ask to see them, and you may complain to a data protection authority.",
    "You need not do this. Your ticket works just as well at every door, and so does asking our staff. Nobody minds if you decline.",
    "You can take this back at any time, here or with our staff: show your ticket and choose “Remove my face data”. What happened before stays lawful.",
  ],
  statement: "I agree that Future of Cities Summit Ltd uses my face to let me in, as described here.",
  separate: true,
};

/** The staff part of a view. */
export const staff = (lock, parts = {}) => ({ staff: { ...STAFF, lock, ...parts } });

/** A call's failure, as the mock host answers it. */
export const refused = (code, seconds = null) => ({ failure: { code, recovery: "guide", retry_after_seconds: seconds } });

export const ROWS = [
  {
    attendee: "a-1",
    name: "Zhang Wei",
    company: "Harbour Architects",
    ticket_code: "K7P2QX",
    note: "Table 12",
    checked_in: null,
    check_in: null,
  },
  {
    attendee: "a-2",
    name: "Zhang Weimin",
    company: null,
    ticket_code: "M3T8RA",
    note: null,
    checked_in: { at: AT, gate: "Gate B" },
    check_in: "c-2",
  },
  {
    attendee: "a-3",
    name: "Maximiliane-Charlotte von Hohenlohe-Schillingsfürst",
    company: "Gesellschaft für nachhaltige Stadtentwicklung mbH",
    ticket_code: "W9L4HD",
    note: null,
    checked_in: { at: AT, gate: null },
    check_in: null,
  },
];

export const RECENT = [
  { check_in: "c-2", attendee: "a-2", name: "Zhang Weimin", method: "face", at: AT, undone: false, sent: true },
  { check_in: "c-4", attendee: "a-4", name: "Lena Hoffmann", method: "ticket", at: AT, undone: false, sent: false },
  { check_in: "c-5", attendee: "a-5", name: "Kwame Mensah", method: "staff", at: AT, undone: true, sent: true },
];

export const QUEUE = {
  waiting: 2,
  entries: [
    { id: "c-4", name: "Lena Hoffmann", at: AT, kind: "check_in", refused: null },
    { id: "c-6", name: null, at: AT, kind: "resolve", refused: null },
  ],
  parked: [
    { id: "c-7", name: "Priya Raman", at: AT, kind: "check_in", refused: "the guest is not on the roster" },
    { id: "c-8", name: "Kwame Mensah", at: AT, kind: "undo", refused: "there is no check-in of this id" },
  ],
  connection: "offline",
  last_success_at: AT,
};

const entry = (check_in, at, gate, method, device) => ({ check_in, at, gate, method, device });
const conflict = (id, name, parts = {}) => ({
  conflict: id,
  name,
  first: entry(`${id}-1`, AT, "Gate B", "face", "Kiosk B2"),
  second: entry(id, AT + 240_000, "Gate A", "ticket", "Kiosk A1"),
  made_here: false,
  state: "open",
  decided: null,
  resolved_by: null,
  ...parts,
});

export const CONFLICTS = [
  conflict("d-1", "Zhang Wei", { made_here: true }),
  conflict("d-2", null, { second: entry("d-2", AT - 600_000, "Gate C", "staff", "Kiosk C1") }),
  conflict("d-3", "Lena Hoffmann", { decided: "undo" }),
  conflict("d-4", "Maximiliane-Charlotte von Hohenlohe-Schillingsfürst", { state: "promoted", resolved_by: "Kiosk B2" }),
];

/** Every notice about the kiosk itself: the view that has it, and words of it in each language. */
export const NOTICES = {
  disk_low: [{ storage: { kind: "disk_low" } }, {}, { en: /nearly full[^]*Free some space/, "zh-CN": /空间不足[^]*释放/ }],
  disk_full: [
    { storage: { kind: "disk_full" } },
    {},
    { en: /nobody can be checked in[^]*Free some space[^]*by itself/, "zh-CN": /无法签到[^]*释放[^]*自动恢复/ },
  ],
  salvaged: [
    { storage: { kind: "salvaged", at: AT, incomplete: false } },
    {},
    { en: /repaired \(Sat[^]*10:32[^]*damaged file was kept/, "zh-CN": /已修复（周六[^]*10:32[^]*文件已保留/ },
  ],
  salvaged_incomplete: [
    { storage: { kind: "salvaged", at: AT, incomplete: true } },
    {},
    { en: /not everything could be saved[^]*damaged file was kept/, "zh-CN": /未能恢复[^]*文件已保留/ },
  ],
  no_models: [
    {},
    { faces: "no_models" },
    { en: /cannot be recognised[^]*missing or damaged[^]*by ticket/, "zh-CN": /无法识别[^]*缺失或损坏[^]*票码/ },
  ],
  not_calibrated: [
    {},
    { faces: "not_calibrated" },
    { en: /cannot be recognised[^]*measured[^]*by ticket/, "zh-CN": /无法识别[^]*尚未校准[^]*票码/ },
  ],
  revoked: [
    {},
    { connection: "revoked" },
    { en: /access was withdrawn[^]*no longer recognised here[^]*paired again/, "zh-CN": /已被收回[^]*不再识别人脸[^]*重新配对/ },
  ],
};
