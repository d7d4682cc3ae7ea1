import { describe, expect, it } from "vitest";

import { bytes, count, decimal, percent } from "./amount.ts";

describe("amounts", () => {
  it("carry the unit that reads best", () => {
    expect(bytes("en", 512)).toBe("1 kB");
    expect(bytes("en", 3.25 * 1024 * 1024)).toBe("3.3 MB");
    expect(bytes("en", 2 * 1024 ** 3)).toBe("2 GB");
  });

  it("are grouped and rounded in the language's way", () => {
    expect(count("en", 100_000)).toBe("100,000");
    expect(decimal("de", 12.345, 1)).toBe("12,3");
  });

  it("are no share of nothing", () => {
    expect(percent("en", 1, 4)).toBe("25%");
    expect(percent("en", 0, 0)).toBe("0%");
  });
});
