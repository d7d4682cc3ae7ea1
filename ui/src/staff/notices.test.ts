import { describe, expect, it } from "vitest";

import type { ConnectionView, FacesView, StorageView, TicketRefusal } from "../lib/contract.ts";
import { notices } from "./notices.ts";

const STAFF = { lock: "unlocked", member: null, waiting: 0, attention: 0, conflicts: 0 } as const;
const of = (
  storage: StorageView,
  connection: ConnectionView = "online",
  faces: FacesView = "ready",
  refused_ticket: TicketRefusal | null = null,
) => notices({ connection, faces, staff: { ...STAFF, storage, refused_ticket } });

describe("notices", () => {
  it("are none while all is well, with or without a network", () => {
    expect(of({ kind: "sound" })).toEqual([]);
    expect(of({ kind: "sound" }, "offline")).toEqual([]);
  });

  it("tell a repair that lost something from one that did not", () => {
    expect(of({ kind: "salvaged", at: 7, incomplete: false })).toEqual([{ kind: "salvaged", at: 7 }]);
    expect(of({ kind: "salvaged", at: 7, incomplete: true })).toEqual([{ kind: "salvaged_incomplete", at: 7 }]);
  });

  it("say why faces are not recognised", () => {
    expect(of({ kind: "sound" }, "online", "no_models")).toEqual([{ kind: "no_models", at: null }]);
    expect(of({ kind: "disk_low" }, "online", "not_calibrated").map(({ kind }) => kind)).toEqual(["disk_low", "not_calibrated"]);
  });

  it("say nothing of faces that are only compared with tickets, since that is the event's wish", () => {
    expect(of({ kind: "sound" }, "online", "with_ticket")).toEqual([]);
    expect(of({ kind: "sound" }, "online", "with_ticket", "face_differs")).toEqual([{ kind: "ticket_face_differs", at: null }]);
  });

  it("say last why a ticket was refused", () => {
    expect(of({ kind: "sound" }, "online", "ready", "forged")).toEqual([{ kind: "ticket_forged", at: null }]);
    expect(of({ kind: "sound" }, "revoked", "no_models", "expired").map(({ kind }) => kind)).toEqual([
      "revoked",
      "no_models",
      "ticket_expired",
    ]);
  });

  it("name the disk before the access, since nobody gets in with a full one", () => {
    expect(of({ kind: "disk_full" }, "revoked").map(({ kind }) => kind)).toEqual(["disk_full", "revoked"]);
  });
});
