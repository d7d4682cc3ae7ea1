import { describe, expect, it } from "vitest";

import { contrast, readableAccent } from "./colour.ts";

const rgb = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];

describe("readableAccent", () => {
  it("keeps a colour that can be read already", () => {
    expect(readableAccent("#7cc4ff")).toBe("#7cc4ff");
  });

  it("lightens every dark brand until it can be read", () => {
    for (const brand of ["#000000", "#0b3d91", "#7a0000", "#123456"]) {
      expect(contrast(rgb(readableAccent(brand)), [10, 16, 26]), brand).toBeGreaterThanOrEqual(7);
    }
  });

  it("replaces what is no colour", () => {
    expect(readableAccent("red; background: url(x)")).toMatch(/^#[0-9a-f]{6}$/);
  });
});
