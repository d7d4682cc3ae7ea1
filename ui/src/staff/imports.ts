// What an import is at, and which column is for what. Pure.
import type { ImportFile, ImportReport, ImportView } from "../lib/contract.ts";

/** What a column can be for, as the event system calls it. */
export const FIELDS = ["name", "given_name", "family_name", "company", "ticket_code", "phone", "note", "photo", "id"] as const;
export type Field = (typeof FIELDS)[number];

/** What staff see: files to choose from, the look at what would become of one, an import under way, or what came of it. */
export type Step = "choose" | "under_way" | "preview" | "report";

/** Where `view` leads while `picked` is the file that staff look at. */
export function stepOf(view: ImportView, picked: ImportFile | null): Step {
  if (view.kind === "none") return "choose";
  if (view.kind === "sending") return "under_way";
  if (view.kind === "refused") return "report";
  const { report } = view;
  if (report.state === "running") return "under_way";
  if (!report.preview) return "report";
  // Without its file, which a reload forgets, there is nothing to import.
  return picked !== null && (report.state === "done" || isUnmapped(report)) ? "preview" : "report";
}

/** Whether the columns of a list could not be told apart: staff can. */
export function isUnmapped({ state, roster }: ImportReport): boolean {
  return state === "failed" && roster !== null;
}

/** How much of what is under way is done, 0 to 1; null where nobody knows. */
export function shareOf(view: ImportView): number | null {
  if (view.kind === "sending") return view.bytes > 0 ? view.sent_bytes / view.bytes : null;
  if (view.kind !== "taken" || view.report.total === null || view.report.total === 0) return null;
  return view.report.done / view.report.total;
}

/** Every column of a list by its title: those that are read, then the others. */
export function titlesOf(report: ImportReport): string[] {
  const { columns, unknown_columns: unknown } = report.roster ?? { columns: {}, unknown_columns: [] };
  return [...new Set([...Object.values(columns), ...unknown])];
}

/** The columns of a list as staff see them: those that were found, or that they `asked` for if none could be, and an empty title
 * for what they asked to leave without. */
export function seen(report: ImportReport, asked: Record<string, string>): Record<string, string> {
  const chosen = Object.entries(asked).filter(([, title]) => title === "" || isUnmapped(report));
  return { ...report.roster?.columns, ...Object.fromEntries(chosen) };
}

/** `columns` with the column `title` for `field` and for nothing else; none if it is empty. */
export function mapped(columns: Record<string, string>, field: Field, title: string): Record<string, string> {
  return { ...Object.fromEntries(Object.entries(columns).filter(([, other]) => other === "" || other !== title)), [field]: title };
}

/** What guests are called by: one of these has a column. */
const NAMES: readonly Field[] = ["name", "given_name", "family_name"];

/** Whether `field` may be left without a column. */
export function mayGoWithout(columns: Record<string, string>, field: Field): boolean {
  return !NAMES.includes(field) || NAMES.some((other) => other !== field && columns[other]);
}
