import { describe, expect, it } from "vitest";

import { mayCall } from "./access.ts";
import { CALL_ACCESS } from "./contract.ts";
import type { Method } from "./transport/transport.ts";

describe("mayCall", () => {
  it("gives guests what is the guests', and nothing else", () => {
    for (const method of Object.keys(CALL_ACCESS) as Method[]) {
      const isDoor = method === "staff.unlock" || method === "staff.choose_pin";
      expect(mayCall(null, method), method).toBe(isDoor || !method.startsWith("staff."));
    }
  });

  it("gives a volunteer the door and a supervisor everything", () => {
    expect(mayCall("volunteer", "staff.check_in")).toBe(true);
    expect(mayCall("volunteer", "staff.wipe")).toBe(false);
    for (const method of Object.keys(CALL_ACCESS) as Method[]) expect(mayCall("supervisor", method), method).toBe(true);
  });
});
