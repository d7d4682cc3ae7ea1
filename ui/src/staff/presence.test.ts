import { describe, expect, it } from "vitest";

import { PRESENT_MS, Presence } from "./presence.ts";

describe("Presence", () => {
  it("ends a while after staff's last own act, whatever else happens", () => {
    const presence = new Presence(1_000);
    expect(presence.isHere(1_000 + PRESENT_MS - 1)).toBe(true);
    expect(presence.isHere(1_000 + PRESENT_MS)).toBe(false);
  });

  it("begins again with the next act", () => {
    const presence = new Presence(0);
    presence.act(PRESENT_MS);
    expect(presence.isHere(PRESENT_MS + 1)).toBe(true);
  });
});
