import { describe, expect, it } from "vitest";

import { grouped, isPress, next, stepOf } from "./focus.ts";

describe("the focus", () => {
  it("goes round and round, and starts at the end that the key points from", () => {
    expect([next(3, 0, 1), next(3, 2, 1), next(3, 0, -1)]).toEqual([1, 0, 2]);
    expect([next(3, -1, 1), next(3, -1, -1)]).toEqual([0, 2]);
    expect(next(0, -1, 1)).toBe(-1);
  });

  it("follows arrows only", () => {
    expect(["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "a", "Enter"].map(stepOf)).toEqual([1, 1, -1, -1, null, null]);
  });

  it("is given to rows of those that stand beside each other", () => {
    const row = (before: string, key: string): boolean => before[0] === key[0];
    expect(grouped(["x1", "a1", "a2", "b1", "b2", "y1"], row)).toEqual([["x1"], ["a1", "a2"], ["b1", "b2"], ["y1"]]);
    expect(grouped([], row)).toEqual([]);
  });

  it("is pressed with what a switch sends", () => {
    expect(["Enter", " ", "Tab", "a"].map((key) => isPress({ key }))).toEqual([true, true, false, false]);
  });
});
