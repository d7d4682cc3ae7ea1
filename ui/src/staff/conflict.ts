// Rules over guests whom two gates let in, as the desk shows them. Pure.
import type { ConflictEntry, ConflictRow, ConflictState } from "../lib/contract.ts";

/** How a conflict reads: as it stands, or as it was decided here before the event system has heard of it. */
export type Outcome = ConflictState | "accept_waits" | "undo_waits";

/** Where `row` stands for staff at this kiosk. */
export function outcome(row: ConflictRow): Outcome {
  return row.state === "open" && row.decided !== null ? `${row.decided}_waits` : row.state;
}

/** `rows` as staff work through them: what waits for a decision, and what has one. Keeps the order. */
export function byDecision(rows: ConflictRow[]): { open: ConflictRow[]; decided: ConflictRow[] } {
  const isOpen = (row: ConflictRow): boolean => outcome(row) === "open";
  return { open: rows.filter(isOpen), decided: rows.filter((row) => !isOpen(row)) };
}

/** The entry that is the guest's check-in now. */
export function standing(row: ConflictRow): ConflictEntry {
  return row.state === "promoted" ? row.second : row.first;
}

/** Whether the second entry was made before the first one and only arrived after it: its kiosk had no network. */
export function arrivedLate(row: ConflictRow): boolean {
  return row.second.at < row.first.at;
}
