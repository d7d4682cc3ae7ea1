// What is wrong with this kiosk itself that staff have to know, the most urgent first. Pure.
import type { TicketRefusal, View } from "../lib/contract.ts";

export type Notice = {
  kind: "disk_full" | "disk_low" | "salvaged" | "salvaged_incomplete" | "revoked" | "no_models" | "not_calibrated" | `ticket_${TicketRefusal}`;
  /** When it happened, where that is known. */
  at: number | null;
};

export function notices(view: Pick<View, "connection" | "faces" | "staff">): Notice[] {
  const faces: Notice[] = view.faces === "ready" || view.faces === "with_ticket" ? [] : [{ kind: view.faces, at: null }];
  const refusal = view.staff.refused_ticket;
  const ticket: Notice[] = refusal === null ? faces : [...faces, { kind: `ticket_${refusal}`, at: null }];
  const revoked: Notice[] = view.connection === "revoked" ? [{ kind: "revoked", at: null }, ...ticket] : ticket;
  const storage = view.staff.storage;
  switch (storage.kind) {
    case "sound":
      return revoked;
    case "salvaged":
      return [{ kind: storage.incomplete ? "salvaged_incomplete" : "salvaged", at: storage.at }, ...revoked];
    default:
      return [{ kind: storage.kind, at: null }, ...revoked];
  }
}
