import { describe, expect, it } from "vitest";

import { Kiosk } from "../lib/kiosk.svelte.ts";
import { CallFailed } from "../lib/transport/transport.ts";
import type { Transport } from "../lib/transport/transport.ts";
import { DeskState } from "./deskState.svelte.ts";

function deskOf(answer: () => Promise<unknown>) {
  let calls = 0;
  const transport: Transport = {
    call: (async () => {
      calls += 1;
      return answer();
    }) as Transport["call"],
    onView: () => {},
    nextPicture: async () => null,
  };
  return { desk: new DeskState(new Kiosk(transport)), calls: () => calls };
}

const UNDO = { check_in: "c-1", reason: "mistake" };

describe("DeskState", () => {
  it("changes one thing at a time, so that two taps on a reason are one", async () => {
    const { desk, calls } = deskOf(async () => ({}));
    await Promise.all([desk.change("staff.undo", UNDO, () => "done"), desk.change("staff.undo", UNDO, () => "done")]);
    expect(calls()).toBe(1);
    expect(desk.done).toBe("done");
    expect(desk.busy).toBe(false);
  });

  it("shows a failure by its code, and is ready for the next try", async () => {
    const failure = { code: "store.failed", recovery: "retry", retry_after_seconds: null } as const;
    const { desk } = deskOf(() => Promise.reject(new CallFailed(failure)));
    await desk.change("staff.undo", UNDO, () => "done");
    expect(desk.failure).toEqual(failure);
    expect([desk.done, desk.busy]).toEqual([null, false]);
  });

  it("keeps staff mode open while a long text is typed, with a call now and then", () => {
    const { desk, calls } = deskOf(async () => ({}));
    for (let now = 0; now <= 40_000; now += 1_000) desk.typing(now);
    expect(calls()).toBe(3);
  });

  it("takes a broken connection for a kiosk that does not answer", async () => {
    const { desk } = deskOf(() => Promise.reject(new TypeError("fetch failed")));
    expect(await desk.look("staff.recent", {})).toBeNull();
    expect(desk.failure?.code).toBe("kiosk.unavailable");
  });
});
