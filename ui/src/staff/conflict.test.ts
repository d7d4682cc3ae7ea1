import { describe, expect, it } from "vitest";

import type { ConflictEntry, ConflictRow } from "../lib/contract.ts";
import { arrivedLate, byDecision, outcome, standing } from "./conflict.ts";

const entry = (check_in: string, at: number): ConflictEntry => ({ check_in, at, gate: "Gate A", method: "face", device: "A1" });

function row(parts: Partial<ConflictRow> = {}): ConflictRow {
  return {
    conflict: "c-2",
    name: "Zhang Wei",
    first: entry("c-1", 1_000),
    second: entry("c-2", 2_000),
    made_here: false,
    state: "open",
    decided: null,
    resolved_by: null,
    may_undo: true,
    ...parts,
  };
}

describe("a guest whom two gates let in", () => {
  it("is no longer asked about once staff here have decided, also before that is sent", () => {
    const waits = row({ conflict: "c-4", decided: "undo" });
    expect(outcome(waits)).toBe("undo_waits");
    expect(byDecision([row(), waits])).toEqual({ open: [row()], decided: [waits] });
  });

  it("reads as the event system says once it has said something", () => {
    expect(outcome(row({ state: "accepted", decided: "undo" }))).toBe("accepted");
  });

  it("keeps the first entry, unless the second one took its place", () => {
    expect(standing(row({ state: "undone" })).check_in).toBe("c-1");
    expect(standing(row({ state: "promoted" })).check_in).toBe("c-2");
  });

  it("may have been at the second entry's gate before", () => {
    expect(arrivedLate(row())).toBe(false);
    expect(arrivedLate(row({ second: entry("c-2", 500) }))).toBe(true);
  });
});
