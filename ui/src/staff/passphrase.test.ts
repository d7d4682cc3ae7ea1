import { describe, expect, it } from "vitest";

import { enterPassphrase } from "./passphrase.ts";

describe("a passphrase for an exported file", () => {
  it("is complete after being typed twice alike", () => {
    expect(enterPassphrase(null, "twelve chars")).toEqual({ kind: "repeat", first: "twelve chars" });
    expect(enterPassphrase("twelve chars", "twelve chars")).toEqual({ kind: "complete", passphrase: "twelve chars" });
  });

  it("has twelve characters at least, as people count them", () => {
    expect(enterPassphrase(null, "eleven char")).toEqual({ kind: "too_short" });
    expect(enterPassphrase(null, "🔑".repeat(11))).toEqual({ kind: "too_short" });
    expect(enterPassphrase(null, "🔑".repeat(12)).kind).toBe("repeat");
  });

  it("starts over when the two differ, by a blank as well", () => {
    expect(enterPassphrase("twelve chars", "twelve chars ")).toEqual({ kind: "differs" });
  });
});
