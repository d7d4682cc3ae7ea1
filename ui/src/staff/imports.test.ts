import { describe, expect, it } from "vitest";

import type { ImportFile, ImportReport, ImportView, RosterImport } from "../lib/contract.ts";
import { isUnmapped, mapped, mayGoWithout, seen, shareOf, stepOf, titlesOf } from "./imports.ts";

const FILE: ImportFile = { path: "/data/import/guests.csv", name: "guests.csv", folder: "/data/import", kind: "roster", bytes: 10, changed_at: 0 };
const ROSTER: RosterImport = {
  source: "CSV",
  columns: { name: "Name", company: "Firma" },
  unknown_columns: ["Allergien"],
  added: 1,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  bad_rows: [],
  first_rows: [],
};

function report(parts: Partial<ImportReport>): ImportReport {
  return { preview: false, state: "done", phase: "writing", done: 0, total: null, reason: null, roster: null, faces: null, ...parts };
}

function taken(parts: Partial<ImportReport>): ImportView {
  return { kind: "taken", file: FILE.name, report: report(parts) };
}

describe("stepOf", () => {
  it("follows the import from the choice of a file to what came of it", () => {
    expect(stepOf({ kind: "none" }, null)).toBe("choose");
    expect(stepOf({ kind: "sending", file: FILE.name, sent_bytes: 0, bytes: 10 }, FILE)).toBe("under_way");
    expect(stepOf(taken({ state: "running", preview: true }), FILE)).toBe("under_way");
    expect(stepOf(taken({ preview: true, roster: ROSTER }), FILE)).toBe("preview");
    expect(stepOf(taken({ roster: ROSTER }), FILE)).toBe("report");
    expect(stepOf({ kind: "refused", file: FILE.name, error: { code: "staff.import_refused", recovery: "guide", retry_after_seconds: null }, reason: null }, FILE)).toBe("report");
  });

  it("lets staff tell the columns apart where the event system could not", () => {
    const unmapped = report({ preview: true, state: "failed", roster: ROSTER });
    expect(isUnmapped(unmapped)).toBe(true);
    expect(stepOf({ kind: "taken", file: FILE.name, report: unmapped }, FILE)).toBe("preview");
    expect(stepOf(taken({ preview: true, state: "failed" }), FILE)).toBe("report");
  });

  it("imports nothing of which the file is not known any more", () => {
    expect(stepOf(taken({ preview: true, roster: ROSTER }), null)).toBe("report");
  });
});

describe("shareOf", () => {
  it("is known of what is sent and of what is counted", () => {
    expect(shareOf({ kind: "sending", file: FILE.name, sent_bytes: 5, bytes: 10 })).toBe(0.5);
    expect(shareOf(taken({ state: "running", done: 3, total: 4 }))).toBe(0.75);
  });

  it("is not known of the rest", () => {
    const empty: ImportView = { kind: "sending", file: FILE.name, sent_bytes: 0, bytes: 0 };
    const unknown: ImportView[] = [{ kind: "none" }, empty, taken({ state: "running", total: null }), taken({ total: 0 })];
    expect(unknown.map(shareOf)).toEqual([null, null, null, null]);
  });
});

describe("mapped", () => {
  it("gives a column to one field only", () => {
    expect(mapped({ name: "Name", company: "Firma" }, "note", "Firma")).toEqual({ name: "Name", note: "Firma" });
    expect(mapped({ name: "Name" }, "name", "Gast")).toEqual({ name: "Gast" });
  });

  it("chooses from every column of the list", () => {
    expect(titlesOf(report({ roster: ROSTER }))).toEqual(["Name", "Firma", "Allergien"]);
    expect(titlesOf(report({}))).toEqual([]);
  });
});

describe("a field without a column", () => {
  it("stays without, whatever is looked at next", () => {
    const asked = mapped({ name: "Name", company: "Firma", phone: "" }, "company", "");
    expect(asked).toEqual({ name: "Name", company: "", phone: "" });
    const found = report({ roster: { ...ROSTER, columns: { name: "Name", note: "Hinweis" } } });
    expect(seen(found, asked)).toEqual({ name: "Name", note: "Hinweis", company: "", phone: "" });
    expect(seen(found, {})).toEqual({ name: "Name", note: "Hinweis" });
    expect(seen(report({}), asked)).toEqual({ company: "", phone: "" });
    const unmapped = { ...found, state: "failed" as const };
    expect(seen(unmapped, { company: "Firma" }), "what was chosen, if the name's column is still to come").toMatchObject({ company: "Firma" });
  });

  it("is never the last one that has names", () => {
    const name = { name: "Name", company: "Firma" };
    expect([mayGoWithout(name, "name"), mayGoWithout(name, "company"), mayGoWithout(name, "family_name")]).toEqual([false, true, true]);
    const both = { given_name: "Vorname", family_name: "Nachname" };
    expect(mayGoWithout(both, "given_name")).toBe(true);
    expect(mayGoWithout({ ...both, given_name: "" }, "family_name")).toBe(false);
  });
});
