import { describe, expect, it } from "vitest";

import { FACT_LENGTH, isPin, padKey, press } from "./digits.ts";
import type { PadKey } from "./digits.ts";

const typed = (keys: PadKey[]) => keys.reduce((digits, key) => press(digits, key, FACT_LENGTH), "");

describe("press", () => {
  it("adds digits in the order in which they are typed", () => {
    expect(typed(["1", "0", "9"])).toBe("109");
  });

  it("ignores digits beyond the length asked for, so that a double tap changes nothing", () => {
    expect(typed(["1", "2", "3", "4", "5"])).toBe("1234");
  });

  it("takes back the last digit, and nothing when there is none", () => {
    expect(typed(["1", "2", "delete", "7"])).toBe("17");
    expect(typed(["delete"])).toBe("");
  });
});

describe("padKey", () => {
  it("knows digits and both ways of deleting", () => {
    expect(["0", "9", "Backspace", "Delete"].map(padKey)).toEqual(["0", "9", "delete", "delete"]);
  });

  it("knows no other keys", () => {
    expect(["a", "F1", "10", " ", "Enter"].map(padKey)).toEqual([null, null, null, null, null]);
  });
});

describe("isPin", () => {
  it("takes four to twelve digits", () => {
    expect(["123", "1234", "123456789012", "1234567890123"].map(isPin)).toEqual([false, true, true, false]);
  });
});
