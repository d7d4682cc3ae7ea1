import { describe, expect, it } from "vitest";

import type { DiagnosticsReport } from "../lib/contract.ts";
import { Words } from "../lib/i18n.svelte.ts";
import { cameraFacts, kioskFacts, recognitionFacts, storageFacts, syncFacts } from "./diagnosis.ts";

const REPORT: DiagnosticsReport = {
  at: 0,
  up_seconds: 3_725,
  version: "0.1.0",
  system: "linux x86_64",
  camera: { state: { state: "lost", reason: "unplugged" }, device: null, frames_per_second: null, dropped: 3 },
  recognition: { state: "no_models", choice: "single", model: "none", accept_score: null, ask_score: null, templates: 0, guests_with_face: 0 },
  stages: [],
  storage: {
    state: { kind: "disk_low" },
    reserve_in_place: false,
    database_bytes: 1_048_576,
    log_bytes: 0,
    schema_version: 6,
    key: "file",
    guests: 12,
    waiting: 2,
    refused: 1,
  },
  sync: { connection: "offline", last_success_at: null, clock_ahead_ms: null, failure: "backend.unreachable" },
};

describe("findings in words", () => {
  const words = new Words();
  const told = (facts: { label: string; value: string }[]): string => facts.map(({ label, value }) => `${label}: ${value}`).join("\n");

  it("leave out what is not known instead of making it up", () => {
    const camera = told(cameraFacts(words, REPORT));
    expect(camera).toContain("unplugged");
    expect(camera).not.toContain("Device");
    expect(told(recognitionFacts(words, REPORT))).toMatch(/Accepts from: not known/);
    expect(told(syncFacts(words, REPORT, "UTC"))).toMatch(/not reached yet[^]*backend.unreachable/);
  });

  it("name sizes, times and levels as people do", () => {
    expect(told(storageFacts(words, REPORT))).toMatch(/1 MB[^]*used up[^]*file that only/);
    expect(told(kioskFacts(words, REPORT))).toMatch(/1 h 2 min/);
  });
});
