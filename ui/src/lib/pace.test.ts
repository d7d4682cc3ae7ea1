import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Pace } from "./pace.ts";

describe("Pace", () => {
  let delivered: string[];
  let pace: Pace;

  beforeEach(() => {
    vi.useFakeTimers();
    delivered = [];
    pace = new Pace((key) => delivered.push(key));
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  function type(keys: string[], every: number): void {
    for (const key of keys) {
      pace.press(key, Date.now());
      vi.advanceTimersByTime(every);
    }
  }

  it("hands on what a person types, in order, also two keys that were pressed nearly at once", () => {
    type(["2", "4", "6", "8", "Enter"], 90);
    type(["1", "2"], 20);
    vi.advanceTimersByTime(60);
    expect(delivered).toEqual(["2", "4", "6", "8", "Enter", "1", "2"]);
  });

  it("keeps a scanner's digits from whoever asks for a PIN or a phone", () => {
    type([..."TK20391234"], 5);
    pace.wasScanned();
    vi.advanceTimersByTime(1_000);
    expect(delivered).toEqual([]);
    type(["7"], 90);
    expect(delivered).toEqual(["7"]);
  });

  it("takes a person's keys for a person's, even if a busy screen hears of them all at once", () => {
    [..."2468"].forEach((key, at) => pace.press(key, at * 90));
    vi.advanceTimersByTime(60);
    expect(delivered).toEqual(["2", "4", "6", "8"]);
  });

  it("forgets a code that no key ended", () => {
    type([..."20391234"], 5);
    vi.advanceTimersByTime(1_000);
    expect(delivered).toEqual([]);
  });
});
