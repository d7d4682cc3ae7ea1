import { describe, expect, it } from "vitest";

import { plateFor } from "./logo.ts";

const logo = (...colours: [number, number, number, number][]) => colours.flat();
const CLEAR: [number, number, number, number] = [0, 0, 0, 0];

describe("a logo", () => {
  it("in dark ink stands on a light plate before the dark scene, and on none before the light one", () => {
    const dark = logo([12, 30, 66, 255], CLEAR, CLEAR, CLEAR);
    expect(plateFor(dark, "dark")).toBe("light");
    expect(plateFor(dark, "light")).toBeNull();
  });

  it("in white stands on a dark plate before the light scene only", () => {
    const white = logo([255, 255, 255, 255], CLEAR);
    expect(plateFor(white, "light")).toBe("dark");
    expect(plateFor(white, "dark")).toBeNull();
  });

  it("may lose a shadow", () => {
    expect(plateFor(logo([255, 200, 0, 255], [255, 200, 0, 255], [255, 200, 0, 255], [0, 0, 0, 255]), "dark")).toBeNull();
  });

  it("of nothing needs nothing", () => expect(plateFor(logo(CLEAR), "dark")).toBeNull());
});
