import { describe, expect, it } from "vitest";

import { Touches } from "./touch.ts";

describe("Touches", () => {
  it("tells the first at once and then one a second", () => {
    const told: number[] = [];
    let now = 0;
    const touches = new Touches(() => told.push(now));
    for (now = 5; now < 3_000; now += 50) touches.note(now);
    expect(told).toEqual([5, 1_005, 2_005]);
  });

  it("tells a touch after a pause at once", () => {
    let told = 0;
    const touches = new Touches(() => (told += 1));
    touches.note(0);
    touches.note(20_000);
    expect(told).toBe(2);
  });
});
