import { describe, expect, it } from "vitest";

import { isLanguage, nameLanguage } from "./systemLanguage.ts";

describe("a system's language", () => {
  it("is English where it is none", () => {
    for (const language of ["C", "POSIX.1", ""]) {
      // As in browsers, where the language stands on the prototype and cannot be set.
      const system = Object.create(Object.create(null, { language: { get: () => language } })) as { language: string };
      nameLanguage(system);
      expect(new Intl.NumberFormat(system.language).format(1_016)).toBe("1,016");
    }
  });

  it("stays what it is otherwise", () => {
    const system = { language: "de-AT" };
    nameLanguage(system);
    expect(system.language).toBe("de-AT");
    expect(isLanguage("zh-CN")).toBe(true);
  });
});
