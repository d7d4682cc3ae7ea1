import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { OneSwitch, READING_MS, STEP_MS } from "./oneSwitch.ts";
import type { Ground, Outcome, Stop } from "./oneSwitch.ts";

/** A screen of letters; `stops` are written as words, a row of keys being a word of several letters. */
class Letters implements Ground<string> {
  lit = "";
  pressed = "";
  released = 0;
  outcomes: Record<string, Outcome> = {};
  words: string[];

  constructor(words: string) {
    this.words = words.split(" ").filter((word) => word !== "");
  }

  stops(): Stop<string>[] {
    return this.words.map((word) => [...word]);
  }

  first(stops: Stop<string>[]): number {
    return Math.max(0, stops.findIndex(([letter]) => letter === "m"));
  }

  show(lit: Stop<string>): void {
    this.lit = lit.join("");
  }

  press(letter: string): Outcome {
    this.pressed += letter;
    return this.outcomes[letter] ?? "pressed";
  }

  release(): void {
    this.released += 1;
  }
}

describe("OneSwitch", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function on(words: string): { letters: Letters; one: OneSwitch<string>; told: boolean[] } {
    const letters = new Letters(words);
    const told: boolean[] = [];
    return { letters, one: new OneSwitch(letters, (isRunning) => told.push(isRunning)), told };
  }

  /** What is lit now, and after each of `count` steps. */
  function watch(letters: Letters, count: number): string[] {
    const seen = [letters.lit];
    for (let step = 0; step < count; step += 1) {
      vi.advanceTimersByTime(STEP_MS);
      seen.push(letters.lit);
    }
    return seen;
  }

  it("begins at what the screen is about, and goes round", () => {
    const { letters, one, told } = on("a m b");
    expect(one.press(false)).toBe(true);
    expect(watch(letters, 4)).toEqual(["m", "b", "a", "m", "b"]);
    expect(letters.pressed).toBe("");
    expect(told).toEqual([true]);
  });

  it("leaves the press to what has the focus already", () => {
    const { letters, one } = on("a b");
    expect(one.press(true)).toBe(false);
    expect([one.isRunning, letters.lit]).toEqual([false, ""]);
  });

  it("presses what is lit, and goes on after it has been seen for a whole step", () => {
    const { letters, one } = on("a b c");
    one.press(false);
    vi.advanceTimersByTime(STEP_MS + 1_000);
    expect(one.press(true)).toBe(true);
    expect(letters.pressed).toBe("b");
    vi.advanceTimersByTime(STEP_MS - 1);
    expect(letters.lit).toBe("b");
    vi.advanceTimersByTime(1);
    expect(letters.lit).toBe("c");
  });

  it("ends after two rounds without a press, and lets the focus go", () => {
    const { letters, one, told } = on("a b c");
    one.press(false);
    vi.advanceTimersByTime(STEP_MS);
    one.press(false);
    expect(watch(letters, 6)).toEqual(["b", "c", "a", "b", "c", "a", ""]);
    expect([one.isRunning, letters.released, told]).toEqual([false, 1, [true, false]]);
    expect(vi.getTimerCount()).toBe(0);
    one.press(false);
    expect(letters.lit).toBe("a");
  });

  it("gives time to read, and leaves a text at its end", () => {
    const { letters, one } = on("t b");
    letters.outcomes = { t: "read" };
    one.press(false);
    one.press(false);
    vi.advanceTimersByTime(READING_MS - 1);
    expect(letters.lit).toBe("t");
    letters.outcomes = { t: "nothing" };
    one.press(false);
    expect(letters.lit).toBe("b");
  });

  it("goes by rows, enters one with a press, and begins with the rows again after a key", () => {
    const { letters, one } = on("g qwe asd x");
    one.press(false);
    expect(watch(letters, 2)).toEqual(["g", "qwe", "asd"]);
    one.press(false);
    expect(watch(letters, 1)).toEqual(["a", "s"]);
    one.press(false);
    expect([letters.pressed, ...watch(letters, 1)]).toEqual(["s", "qwe", "asd"]);
  });

  it("goes back to the rows after the last key of one", () => {
    const { letters, one } = on("qwe asd");
    one.press(false);
    one.press(false);
    expect(watch(letters, 4)).toEqual(["q", "w", "e", "qwe", "asd"]);
    expect(letters.pressed).toBe("");
  });

  it("begins anew where what was lit is gone, and presses nothing that is", () => {
    const { letters, one } = on("a b c");
    one.press(false);
    vi.advanceTimersByTime(STEP_MS);
    letters.words = ["x", "m"];
    one.press(false);
    expect([letters.pressed, letters.lit]).toEqual(["", "m"]);
    letters.words = ["y", "z"];
    one.follow("same");
    expect(letters.lit).toBe("y");
    vi.advanceTimersByTime(STEP_MS - 1);
    one.follow("same");
    vi.advanceTimersByTime(1);
    expect(letters.lit).toBe("z");
  });

  it("is not prolonged by screens that come by themselves", () => {
    const { letters, one } = on("a b c");
    one.press(false);
    for (let step = 0; step < 5; step += 1) {
      vi.advanceTimersByTime(STEP_MS);
      letters.words = letters.words.map((word) => (word === "a" ? "x" : "a"));
      one.follow(step % 2 ? "same" : "screen");
    }
    expect(one.isRunning).toBe(true);
    vi.advanceTimersByTime(STEP_MS);
    expect(one.isRunning).toBe(false);
  });

  it("waits on a screen with nothing to press", () => {
    const { letters, one } = on("");
    one.press(false);
    vi.advanceTimersByTime(9 * STEP_MS);
    letters.words = ["a"];
    vi.advanceTimersByTime(STEP_MS);
    expect(letters.lit).toBe("a");
  });

  it("goes on with the guest's next screen, and not with the next guest's", () => {
    const { letters, one } = on("a m b");
    one.press(false);
    vi.advanceTimersByTime(STEP_MS);
    one.follow("screen");
    expect([one.isRunning, letters.lit]).toEqual([true, "m"]);
    one.follow("next");
    expect([one.isRunning, letters.lit, letters.released]).toEqual([false, "", 1]);
  });

  it("goes on at the invitation for a guest who went back there, and not if their screen closed", () => {
    const { letters, one } = on("a b");
    one.press(false);
    one.press(false);
    one.follow("open");
    expect(one.isRunning).toBe(true);
    vi.advanceTimersByTime(STEP_MS);
    one.follow("open");
    expect([one.isRunning, letters.released]).toEqual([false, 1]);
  });

  it("takes the focus of whoever uses other keys only where they did not ask for the screen", () => {
    const { letters, one } = on("a b");
    one.follow("open", true);
    expect(letters.released).toBe(0);
    one.follow("open", false);
    one.follow("next", true);
    expect(letters.released).toBe(2);
  });

  it("ends with a finger, which leaves the focus to nobody", () => {
    const { letters, one } = on("a b");
    one.touched();
    expect(letters.released).toBe(0);
    one.press(false);
    one.touched();
    expect([one.isRunning, letters.lit, letters.released]).toEqual([false, "", 1]);
  });

  it("ends with any other key", () => {
    const { letters, one } = on("a b");
    one.press(false);
    one.stop();
    expect([one.isRunning, letters.lit, letters.released]).toEqual([false, "", 0]);
    vi.advanceTimersByTime(9 * STEP_MS);
    expect(letters.lit).toBe("");
  });

  it("leaves Enter to whoever types on real keys, until the next screen", () => {
    const { one } = on("a b");
    one.typed();
    expect(one.press(false)).toBe(false);
    one.follow("same");
    expect(one.press(false)).toBe(false);
    one.follow("screen");
    expect(one.press(false)).toBe(true);
  });
});
