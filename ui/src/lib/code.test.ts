import { describe, expect, it } from "vitest";

import { typeCode } from "./code.ts";

const typed = (keys: string[]) => keys.reduce(typeCode, "");

describe("typeCode", () => {
  it("writes capitals, as tickets do", () => {
    expect(typed(["k", "7", "P", "-", "q"])).toBe("K7P-Q");
  });

  it("ignores keys that no code contains", () => {
    expect(typed(["A", "Shift", " ", "é", "Enter", "1"])).toBe("A1");
  });

  it("takes back the last character", () => {
    expect(typed(["A", "B", "Backspace", "delete", "delete", "C"])).toBe("C");
  });

  it("stops at a length that no ticket reaches", () => {
    expect(typed(Array.from({ length: 60 }, () => "X"))).toHaveLength(24);
  });
});
