// What a role may do, by the kiosk's own table: for showing only what works. The kiosk asks again. Pure.
import { CALL_ACCESS } from "./contract.ts";
import type { StaffRole } from "./contract.ts";
import type { Method } from "./transport/transport.ts";

const RANK = { anyone: 0, volunteer: 1, supervisor: 2 } as const;

/** Whether somebody in this role may make this call; `null` is whoever stands before the kiosk. */
export function mayCall(role: StaffRole | null, method: Method): boolean {
  return RANK[CALL_ACCESS[method]] <= (role === null ? RANK.anyone : RANK[role]);
}
