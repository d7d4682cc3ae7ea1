import { describe, expect, it } from "vitest";

import { ems } from "./width.ts";

describe("ems", () => {
  it("counts a Chinese character as one em and a letter as less", () => {
    expect(ems("张伟")).toBe(2);
    expect(ems("Wei")).toBeLessThan(ems("张伟明"));
  });

  it("is never nought, so that sizes can be divided by it", () => {
    expect(ems("")).toBe(1);
  });
});
