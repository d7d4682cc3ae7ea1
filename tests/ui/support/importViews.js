// What the kiosk tells staff of imports. Everybody in it is invented.

const FOLDER = "data/import";
const STICK = "/media/usb/FAIR 2026";

export const ROSTER_FILE = { path: `${STICK}/guests-2026-05.xlsx`, name: "guests-2026-05.xlsx", folder: STICK, kind: "roster", bytes: 412_300, changed_at: Date.UTC(2026, 4, 8, 16, 5) };
export const FACES_FILE = { path: `${FOLDER}/portraits.zip`, name: "portraits.zip", folder: FOLDER, kind: "faces", bytes: 84_120_000, changed_at: Date.UTC(2026, 4, 8, 9, 0) };

/** What can be imported. */
export const CHOICE = { folder: FOLDER, files: [ROSTER_FILE, FACES_FILE] };

const REPORT = { preview: false, state: "done", phase: "writing", done: 0, total: null, reason: null, roster: null, faces: null };
const BAD_ROWS = [
  { row: 14, column: "Ticket", reason: { code: "ticket_twice", values: { row: "9" }, text: "row 9 has the same ticket code" } },
  { row: 230, column: "Telefon", reason: { code: "few_digits", values: { digits: "0" }, text: "has 0 digits, at least 4 are needed" } },
];
const ROSTER = {
  source: "sheet “Guests” of a workbook, 1,284 rows",
  columns: { name: "Name", company: "Firma", ticket_code: "Ticket", phone: "Telefon" },
  unknown_columns: ["Allergien"],
  added: 1_270,
  updated: 12,
  unchanged: 0,
  skipped: 2,
  bad_rows: BAD_ROWS,
  first_rows: [],
};
const FIRST_ROWS = [
  { row: 2, name: "Beatriz Fonseca", company: "Fonseca & Filhos", ticket_code: "BF2Q8R", phone_last4: "8641" },
  { row: 3, name: "张伟", company: "东方会展", ticket_code: "ZW7K4M", phone_last4: "1000" },
  { row: 4, name: "Zoë van Dijk", company: null, ticket_code: null, phone_last4: null },
];

const taken = (file, parts) => ({ kind: "taken", file: file.name, report: { ...REPORT, ...parts } });

/** Everything that an import can be at, by name. */
export const IMPORTS = {
  none: { kind: "none" },
  sending: { kind: "sending", file: FACES_FILE.name, sent_bytes: 51_000_000, bytes: FACES_FILE.bytes },
  running: taken(ROSTER_FILE, { state: "running", done: 640, total: 1_284 }),
  pictures: taken(FACES_FILE, { state: "running", phase: "pictures", done: 37, total: 500 }),
  preview: taken(ROSTER_FILE, { preview: true, roster: { ...ROSTER, first_rows: FIRST_ROWS } }),
  unmapped: taken(ROSTER_FILE, {
    preview: true,
    state: "failed",
    reason: {
      code: "no_name_column",
      values: { columns: "Gast, Firma, Ticket" },
      text: "the roster has no column `name`; found: Gast, Firma, Ticket. Say which it is with the mapping name=COLUMN",
    },
    roster: { ...ROSTER, columns: {}, unknown_columns: ["Gast", "Firma", "Ticket"], added: 0, updated: 0, skipped: 0, bad_rows: [] },
  }),
  done: taken(ROSTER_FILE, { roster: ROSTER }),
  damaged: taken(ROSTER_FILE, {
    preview: true,
    state: "failed",
    reason: {
      code: "open_quote",
      values: { line: "812" },
      text: "the quote that opens in line 812 is never closed; close it, or double it where it is part of the text",
    },
  }),
  stopped: taken(ROSTER_FILE, { state: "stopped", reason: { code: "stopped", values: {}, text: "the import was stopped; nothing was changed" } }),
  faces: taken(FACES_FILE, {
    phase: "pictures",
    faces: {
      enrolled: 450,
      further: 12,
      not_taken: 38,
      left: 0,
      refused: [
        { file: "zhang-wei-2.jpg", reason: { code: "turn_degrees", values: { found: "34", needed: "25" }, text: "the face is turned away; use a frontal portrait" } },
        { file: "IMG_0412.jpg", reason: { code: "unmatched", values: {}, text: "no guest of this name, id or ticket code" } },
      ],
    },
  }),
  refused: {
    kind: "refused",
    file: FACES_FILE.name,
    error: { code: "staff.import_too_large", recovery: "guide", retry_after_seconds: null },
    reason: {
      code: "file_too_large",
      values: { megabytes: "1024" },
      text: "the file is larger than 1024 MB; split it and import the parts one by one",
    },
  },
};

/** The replies of a kiosk where nothing was imported yet. */
export const IMPORT_REPLIES = { "staff.import_files": CHOICE, "staff.import": IMPORTS.none };
