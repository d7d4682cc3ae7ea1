import { describe, expect, it } from "vitest";

import { Words } from "../lib/i18n.svelte.ts";
import { tellAdmission } from "./admission.ts";

const guest = { name: "Lena Weiß", timeZone: "Europe/Berlin" };

describe("tellAdmission", () => {
  it("says what was done, and for whom", () => {
    const told = tellAdmission(new Words(), { kind: "recorded", check_in: "1" }, guest, "staff.done.corrected");
    expect(told).toBe("Lena Weiß is checked in instead");
  });

  it("says since when a guest has been in, by the venue's clock", () => {
    const first = { at: Date.UTC(2026, 0, 10, 8, 15), gate: null };
    const told = tellAdmission(new Words(), { kind: "already_in", first }, guest, "staff.done.checked_in");
    expect(told).toContain("9:15");
  });

  it("says that a guest has left the list", () => {
    const told = tellAdmission(new Words(), { kind: "not_on_roster" }, guest, "staff.done.checked_in");
    expect(told).toBe("This guest is not on the list any more");
  });
});
