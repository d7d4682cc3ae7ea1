// Views as the kiosk sends them, for tests to start from.
import { faceViews } from "./faceViews.js";
import { FACE_TICKET_NOTICES, faceTicketViews } from "./faceTicketViews.js";

const EVENT = {
  name: "Future of Cities Summit 2026",
  tagline: "Shanghai World Expo Centre, 9 to 11 May",
  time_zone: "Asia/Shanghai",
  accent: "#7cc4ff",
  pictures: null,
  gate: "Gate A",
  enrols: true,
};

const STAFF = { lock: "locked", member: null, waiting: 0, attention: 0, conflicts: 0, storage: { kind: "sound" }, refused_ticket: null };

/** How a kiosk looks and sounds; the staff's sheet as the guests' screen, so that pictures do not depend on the machine. */
export const LOOKS = { theme: "dark", staff_theme: "dark", volume: 70, speech: false };

/** A whole view with `guest` on the screen; `parts` replace the rest. */
export function view(guest, parts = {}) {
  return {
    revision: 0,
    event: EVENT,
    guest,
    encounter: 0,
    closing_in_s: null,
    camera: { state: "live" },
    faces: "ready",
    connection: "online",
    staff: STAFF,
    languages: ["en", "zh-CN", "de"],
    looks: LOOKS,
    ...parts,
  };
}

/** `shown` as the guest after the one of `before` sees it. */
export const forNextGuest = (shown, before = shown) => ({ ...shown, encounter: before.encounter + 1 });

const closing = { closing_in_s: 10 };
const named = (asks, parts = {}) => ({
  kind: "name",
  asks,
  attempts_left: 3,
  refused: false,
  checking: false,
  ...parts,
});

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
    face: "none",
  }),
  "welcome, no name": view({ kind: "welcome", name: "", note: null, offline: false, face: "none" }),
  "already in": view({ kind: "already_in", name: "Zhang Wei", first: { at: AT, gate: "Gate B" }, face: "none" }),
  "already in, no gate": view({ kind: "already_in", name: "", first: { at: AT, gate: null }, face: "none" }),
  "not found, face": view({ kind: "not_found", tried: "face" }),
  "not found, ticket": view({ kind: "not_found", tried: "ticket" }),
  "not found, ticket of another event": view({ kind: "not_found", tried: "ticket_elsewhere" }),
  "not found, ticket damaged": view({ kind: "not_found", tried: "ticket_damaged" }),
  "not found, ticket expired": view({ kind: "not_found", tried: "ticket_expired" }),
  "not found, ticket withdrawn": view({ kind: "not_found", tried: "ticket_withdrawn" }),
  "not found, plain code": view({ kind: "not_found", tried: "ticket_unsigned" }),
  "not found, fact": view({ kind: "not_found", tried: "fact" }),
  "not found, name": view({ kind: "not_found", tried: "name" }),
  "not found, name closed": view({ kind: "not_found", tried: "name_closed" }),
  name: view(named("name_or_digits")),
  "name, refused": view(named("name_or_digits", { attempts_left: 2, refused: true })),
  "name, digits": view(named("digits")),
  "name, digits, checking": view(named("digits", { checking: true })),
  "name, second": view(named("name")),
  "name, second, checking": view(named("name", { checking: true })),
  ...faceTicketViews(view),
  ticket: view({ kind: "ticket", checking: false }),
  "ticket, camera unplugged": view({ kind: "ticket", checking: false }, { camera: { state: "lost", reason: "unplugged" } }),
  "ticket, checking": view({ kind: "ticket", checking: true }),
  "staff called": view({ kind: "staff_called" }),
  trouble: view({ kind: "trouble" }),
  "ticket, closing": view({ kind: "ticket", checking: false }, closing),
  "confirm, closing": view({ kind: "confirm", attempts_left: 2, refused: true, checking: false }, closing),
  "name, closing": view(named("name_or_digits", { attempts_left: 2, refused: true }), closing),
  "not found, closing": view({ kind: "not_found", tried: "face" }, closing),
  "trouble, closing": view({ kind: "trouble" }, closing),
  ...faceViews(view, { closing, at: AT }),
};

/** For whom staff mode is open, by role. */
export const ON_DUTY = {
  supervisor: { id: "m-1", name: "Mara Lindqvist", role: "supervisor" },
  volunteer: { id: "m-2", name: "Tobias Keller", role: "volunteer" },
};

/** The staff part of a view; an open desk is a supervisor's unless `parts` say otherwise. */
export const staff = (lock, parts = {}) => {
  const member = lock === "unlocked" ? ON_DUTY.supervisor : null;
  return { staff: { ...STAFF, lock, member, ...parts } };
};

export const MEMBERS = [
  { member: "m-1", name: "Mara Lindqvist", role: "supervisor", created_at: AT, enabled: true },
  { member: "m-2", name: "Tobias Keller", role: "volunteer", created_at: AT, enabled: true },
  { member: "m-3", name: "陈静", role: "volunteer", created_at: AT, enabled: false },
];

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
  { check_in: "c-2", attendee: "a-2", name: "Zhang Weimin", method: "face", at: AT, undone: false, sent: true, may_change: true },
  { check_in: "c-4", attendee: "a-4", name: "Lena Hoffmann", method: "ticket", at: AT, undone: false, sent: false, may_change: true },
  { check_in: "c-5", attendee: "a-5", name: "Kwame Mensah", method: "staff", at: AT, undone: true, sent: true, may_change: false },
];

export const QUEUE = {
  waiting: 2,
  entries: [
    { id: "c-4", name: "Lena Hoffmann", at: AT, kind: "check_in", refused: null, may_change: false },
    { id: "c-6", name: null, at: AT, kind: "resolve", refused: null, may_change: false },
  ],
  parked: [
    { id: "c-7", name: "Priya Raman", at: AT, kind: "check_in", refused: { code: "not_on_roster", values: {}, text: "the guest is not on the roster" }, may_change: true },
    { id: "c-8", name: "Kwame Mensah", at: AT, kind: "undo", refused: { code: null, values: {}, text: "there is no check-in of this id" }, may_change: false },
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
  may_undo: true,
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
  ticket_forged: [{ refused_ticket: "forged" }, {}, { en: /not genuine[^]*signature[^]*by name/, "zh-CN": /无法验证[^]*签名[^]*按姓名/ }],
  ticket_other_event: [{ refused_ticket: "other_event" }, {}, { en: /another event[^]*genuine[^]*by name/, "zh-CN": /其他活动[^]*另一场[^]*按姓名/ }],
  ticket_expired: [{ refused_ticket: "expired" }, {}, { en: /expired[^]*time is over/, "zh-CN": /已过期[^]*有效时间/ }],
  ticket_revoked: [{ refused_ticket: "revoked" }, {}, { en: /no longer good[^]*newer/, "zh-CN": /已失效[^]*新票/ }],
  ticket_unsigned: [{ refused_ticket: "unsigned" }, {}, { en: /code only[^]*signed tickets only/, "zh-CN": /只有票码[^]*签名票/ }],
  ...FACE_TICKET_NOTICES,
  revoked: [
    {},
    { connection: "revoked" },
    { en: /access was withdrawn[^]*no longer recognised here[^]*paired again/, "zh-CN": /已被收回[^]*不再识别人脸[^]*重新配对/ },
  ],
};
