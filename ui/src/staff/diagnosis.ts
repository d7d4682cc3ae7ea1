// The findings of diagnostics in words. Pure.
import { bytes, count, decimal } from "../lib/amount.ts";
import type { DiagnosticsReport } from "../lib/contract.ts";
import type { Words } from "../lib/i18n.svelte.ts";

export type Fact = { label: string; value: string; hint?: string };

export function cameraFacts(words: Words, { camera }: DiagnosticsReport): Fact[] {
  const { state, device, frames_per_second, dropped } = camera;
  const told = state.state === "lost" ? words.t(`camera.${state.reason}`) : words.t(`staff.camera_state.${state.state}`);
  const facts: Fact[] = [{ label: words.t("staff.diag.state"), value: told }];
  if (device !== null) {
    const { name, width, height, format, frames_per_second: agreed } = device;
    facts.push(
      { label: words.t("staff.diag.device"), value: name },
      { label: words.t("staff.diag.picture"), value: words.t("staff.diag.picture_of", { width, height, format, fps: agreed }) },
    );
  }
  facts.push(
    {
      label: words.t("staff.diag.rate"),
      value: frames_per_second === null ? words.t("staff.diag.unknown") : words.t("staff.diag.per_second", { rate: decimal(words.language, frames_per_second, 1) }),
    },
    { label: words.t("staff.diag.dropped"), value: count(words.language, dropped), hint: words.t("staff.diag.dropped_hint") },
  );
  return facts;
}

export function recognitionFacts(words: Words, { recognition }: DiagnosticsReport): Fact[] {
  const score = (value: number | null): string => (value === null ? words.t("staff.diag.unknown") : decimal(words.language, value, 3));
  return [
    { label: words.t("staff.diag.state"), value: words.t(`staff.faces_state.${recognition.state}`) },
    { label: words.t("staff.diag.model"), value: `${recognition.model} (${recognition.choice})` },
    { label: words.t("staff.diag.accept"), value: score(recognition.accept_score) },
    { label: words.t("staff.diag.ask"), value: score(recognition.ask_score) },
    {
      label: words.t("staff.diag.faces"),
      value: words.t("staff.diag.faces_of", { faces: count(words.language, recognition.templates), guests: count(words.language, recognition.guests_with_face) }),
    },
  ];
}

export function storageFacts(words: Words, { storage }: DiagnosticsReport): Fact[] {
  return [
    { label: words.t("staff.diag.state"), value: words.t(`staff.storage_state.${storage.state.kind}`) },
    { label: words.t("staff.diag.guests"), value: count(words.language, storage.guests) },
    {
      label: words.t("staff.diag.size"),
      value: words.t("staff.diag.size_of", { database: bytes(words.language, storage.database_bytes), log: bytes(words.language, storage.log_bytes) }),
    },
    { label: words.t("staff.diag.reserve"), value: words.t(storage.reserve_in_place ? "staff.diag.reserve_there" : "staff.diag.reserve_gone") },
    { label: words.t("staff.diag.waiting"), value: count(words.language, storage.waiting) },
    { label: words.t("staff.diag.refused"), value: count(words.language, storage.refused) },
    { label: words.t("staff.diag.key"), value: words.t(`staff.key_level.${storage.key}`) },
    { label: words.t("staff.diag.schema"), value: String(storage.schema_version) },
  ];
}

export function syncFacts(words: Words, { sync }: DiagnosticsReport, timeZone: string): Fact[] {
  const { clock_ahead_ms: ahead } = sync;
  return [
    { label: words.t("staff.diag.state"), value: words.t(`staff.queue.${sync.connection}`) },
    {
      label: words.t("staff.diag.last_success"),
      value: sync.last_success_at === null ? words.t("staff.queue.never") : words.dayAndTime(sync.last_success_at, timeZone),
    },
    {
      label: words.t("staff.diag.clock"),
      value: ahead === null ? words.t("staff.diag.unknown") : words.t("staff.diag.seconds", { seconds: decimal(words.language, ahead / 1_000, 1) }),
      hint: words.t("staff.diag.clock_hint"),
    },
    { label: words.t("staff.diag.failure"), value: sync.failure ?? words.t("staff.diag.none") },
  ];
}

export function kioskFacts(words: Words, report: DiagnosticsReport): Fact[] {
  const minutes = Math.floor(report.up_seconds / 60);
  const up = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  return [
    { label: words.t("staff.diag.version"), value: report.version },
    { label: words.t("staff.diag.system"), value: report.system },
    { label: words.t("staff.diag.up"), value: words.t("staff.diag.up_for", up) },
  ];
}
