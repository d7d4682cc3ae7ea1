// What the kiosk answers to staff's calls about how things go, for tests to start from.
import { IMPORT_REPLIES } from "./importViews.js";
import { ROWS } from "./views.js";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 4, 9, 2, 32, 20);
const SINCE = Math.floor(NOW / MINUTE) * MINUTE - 119 * MINUTE;
/** A crowd that comes, goes and comes again. */
const crowd = (at) => Math.max(0, Math.round(9 * Math.sin(at / 9) + 6));
const minute = (at) => SINCE + at * MINUTE;

export const LIVE = {
  at: NOW,
  expected: 1_280,
  inside: 742,
  by_gate: [
    { gate: "Gate A", guests: 455 },
    { gate: "Gate B, next to the underground car park and the taxi rank", guests: 270 },
    { gate: null, guests: 17 },
  ],
  by_method: [
    { method: "face", entries: 320 },
    { method: "ticket", entries: 98 },
    { method: "face_and_fact", entries: 21 },
    { method: "staff", entries: 16 },
  ],
  since: SINCE,
  arrivals: Array.from({ length: 120 }, (_, at) => ({ minute: minute(at), guests: crowd(at) })).filter(({ guests }) => guests > 0),
  outcomes: Array.from({ length: 120 }, (_, at) => [
    { minute: minute(at), outcome: "accepted", count: crowd(at) },
    { minute: minute(at), outcome: "unknown", count: at % 7 === 0 ? 1 : 0 },
  ])
    .flat()
    .filter(({ count }) => count > 0),
  outcome_totals: [
    { outcome: "accepted", count: 320 },
    { outcome: "asked", count: 21 },
    { outcome: "unknown", count: 44 },
    { outcome: "spoof_warning", count: 2 },
    { outcome: "staff_called", count: 9 },
  ],
  needs: [
    { need: 12, kind: "called", at: NOW - 30_000 },
    { need: 11, kind: "spoof_warning", at: NOW - 4 * MINUTE },
    { need: 10, kind: "expired", at: NOW - 9 * MINUTE },
    { need: 9, kind: "not_found", at: NOW - 22 * MINUTE },
  ],
  open_needs: 4,
};

/** An event that has not begun. */
export const NOT_BEGUN = {
  ...LIVE,
  expected: 0,
  inside: 0,
  by_gate: [],
  by_method: [],
  arrivals: [],
  outcomes: [],
  outcome_totals: [],
  needs: [],
  open_needs: 0,
};

export const DIAGNOSTICS = {
  at: NOW,
  up_seconds: 15_180,
  version: "0.1.0",
  system: "linux x86_64",
  camera: {
    state: { state: "live" },
    device: { name: "HD Pro Webcam C920", width: 1280, height: 720, format: "jpeg", frames_per_second: 30 },
    frames_per_second: 29.4,
    dropped: 1_204,
  },
  recognition: {
    state: "ready",
    choice: "single",
    model: "mobilefacenet-repaired",
    accept_score: 0.4213,
    ask_score: 0.2871,
    templates: 1_016,
    guests_with_face: 1_002,
  },
  stages: [
    { stage: "decode", p50_ms: 2.1, p95_ms: 3.4, runs: 512 },
    { stage: "detect", p50_ms: 11.6, p95_ms: 19.2, runs: 512 },
    { stage: "landmarks", p50_ms: 3.2, p95_ms: 5.1, runs: 402 },
    { stage: "embed", p50_ms: 38.4, p95_ms: 61.8, runs: 24 },
    { stage: "backend", p50_ms: 84.2, p95_ms: 212.5, runs: 24 },
    { stage: "search", p50_ms: 0.4, p95_ms: 0.9, runs: 3 },
    { stage: "commit", p50_ms: 4.8, p95_ms: 9.3, runs: 22 },
  ],
  storage: {
    state: { kind: "sound" },
    reserve_in_place: true,
    database_bytes: 18_874_368,
    log_bytes: 409_600,
    schema_version: 5,
    key: "file",
    guests: 1_280,
    waiting: 2,
    refused: 0,
  },
  sync: { connection: "online", last_success_at: NOW - 8_000, clock_ahead_ms: 1_240, failure: null },
};

/** A kiosk whose camera is gone. */
export const UNPLUGGED = {
  ...DIAGNOSTICS,
  camera: { state: { state: "lost", reason: "unplugged" }, device: null, frames_per_second: null, dropped: 0 },
};

export const SETTINGS = {
  camera: { can_choose: true, chosen: null, connected: ["HD Pro Webcam C920", "Integrated Camera"] },
  languages: ["en", "zh-CN"],
  known_languages: ["en", "zh-CN", "de"],
  sounds: true,
  kiosk: "Entrance left",
  gate: "a",
  auto_lock_seconds: 60,
  backend: "https://checkin.example.org",
  pictures_may_leave: true,
  faces: { templates: 1_016, first_ends_at: NOW + 3_600_000, last_ends_at: NOW + 172_800_000 },
};

/** Guests who may be the one to be added: one of the same name and phone, one of a similar name. */
export const ALIKES = [
  { guest: ROWS[0], same_name: true, same_phone: true },
  { guest: ROWS[1], same_name: false, same_phone: false },
];

/** The replies to all of it, by method. */
export const STAFF_REPLIES = {
  ...IMPORT_REPLIES,
  "staff.live": LIVE,
  "staff.diagnostics": DIAGNOSTICS,
  "staff.settings": SETTINGS,
  "staff.support": { file: "data/support-2026-05-09T02-32-20Z.json", bytes: 48_213 },
  "staff.look_alikes": [],
  "staff.register": { attendee: "w-1", check_in: "c-9" },
};
