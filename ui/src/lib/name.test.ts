import { describe, expect, it } from "vitest";

import { isNameOrDigits, typeName } from "./name.ts";

const typed = (...keys: string[]): string => keys.reduce(typeName, "");

describe("typeName", () => {
  it("takes letters, digits, hyphens and single spaces", () => {
    expect(typed(..."ann-marie", " ", ..."o'brien")).toBe("ann-marie o'brien");
    expect(typed(" ", " ", "a", " ", " ", "b")).toBe("a b");
    expect(typed(..."5678")).toBe("5678");
    expect(typed("é", "王")).toBe("é王");
  });

  it("takes the last letter back and leaves other keys alone", () => {
    expect(typed("a", "b", "delete", "Backspace", "Backspace")).toBe("");
    expect(typed("a", "Shift", "Tab", "%", "Enter")).toBe("a");
  });

  it("ends somewhere", () => {
    expect(typed(..."x".repeat(100)).length).toBe(48);
  });
});

describe("isNameOrDigits", () => {
  it("wants two letters or four digits", () => {
    for (const enough of ["ab", "a b", "王", "1234", "+49 12 34"]) expect(isNameOrDigits(enough), enough).toBe(true);
    for (const little of ["", "a", "123", "a1", " "]) expect(isNameOrDigits(little), little).toBe(false);
  });
});
