import { describe, expect, it } from "vitest";

import { Words } from "../lib/i18n.svelte.ts";
import { memberName, shownName } from "./memberName.ts";

describe("memberName", () => {
  it("takes a name without the spaces around it", () => {
    expect(memberName("  Mara Lindqvist ")).toBe("Mara Lindqvist");
    expect(memberName("李")).toBe("李");
  });

  it("takes no empty name and none that fills the list", () => {
    expect([memberName(""), memberName("   "), memberName("x".repeat(61))]).toEqual([null, null, null]);
    expect(memberName("李".repeat(60))).not.toBeNull();
  });
});

describe("shownName", () => {
  it("calls a first supervisor who was never asked by what they are", () => {
    expect(shownName(new Words(), { name: "" })).toBe("First supervisor");
    expect(shownName(new Words(), { name: "Mara" })).toBe("Mara");
  });
});
