import { describe, expect, it } from "vitest";

import tokens from "../tokens.css?raw";
import { brandOn, contrast, parse, SURFACES } from "./colour.ts";
import type { Rgb } from "./colour.ts";

const rgb = (hex: string): Rgb => parse(hex) ?? [0, 0, 0];
const CUBE = Array.from({ length: 16 }, (_, step) => step * 17);
const EVERY_COLOUR = CUBE.flatMap((r) => CUBE.flatMap((g) => CUBE.map((b) => `#${[r, g, b].map((c) => c.toString(16).padStart(2, "0")).join("")}`)));

/** Thousands of colours are tried; a busy machine takes its time. */
const PATIENCE_MS = 60_000;

describe("an event's colour", { timeout: PATIENCE_MS }, () => {
  for (const [theme, surfaces] of Object.entries(SURFACES)) {
    it(`can be read on ${theme}, whatever was chosen`, () => {
      for (const chosen of EVERY_COLOUR) {
        const { accent, face, faceInk } = brandOn(chosen, surfaces);
        expect(contrast(rgb(accent), surfaces.scene), `${chosen} as text`).toBeGreaterThanOrEqual(7);
        expect(contrast(rgb(accent), surfaces.key), `${chosen} on a button`).toBeGreaterThanOrEqual(4.5);
        expect(contrast(rgb(faceInk), rgb(face)), `text on ${chosen}`).toBeGreaterThanOrEqual(7);
        expect(contrast(rgb(face), surfaces.key), `${chosen} beside other buttons`).toBeGreaterThanOrEqual(1.6);
        expect(contrast(rgb(face), surfaces.scene), `${chosen} before the scene`).toBeGreaterThanOrEqual(1.6);
      }
    });
  }

  it("stays as it is where it can be read", () => {
    expect(brandOn("#7cc4ff", SURFACES.dark).accent).toBe("#7cc4ff");
    expect(brandOn("#0b3d91", SURFACES.light).face).toBe("#0b3d91");
  });

  it("is no more changed on the main button than it must be", () => {
    expect(brandOn("#0b3d91", SURFACES.dark).face, "a dark blue stays a dark blue").toMatch(/^#[0-3]/);
    const { face } = brandOn("#1c6e5a", SURFACES.dark);
    for (const [at, channel] of rgb(face).entries()) expect(Math.abs(channel - (rgb("#1c6e5a")[at] ?? 0))).toBeLessThan(24);
  });

  it("keeps its hue while it gets lighter", () => {
    const [r, g, b] = rgb(brandOn("#7a0000", SURFACES.dark).accent);
    expect(r).toBeGreaterThan(g + 60);
    expect(r).toBeGreaterThan(b + 60);
  });

  it("is a calm blue where it is no colour", () => {
    expect(brandOn("red; background: url(x)", SURFACES.dark).accent).toBe("#7cc4ff");
  });

  it("is repaired for the surfaces that the tokens have", () => {
    const block = (selector: string) => tokens.slice(tokens.indexOf(`${selector} {`), tokens.indexOf("}", tokens.indexOf(`${selector} {`)));
    for (const [theme, selector] of [
      ["dark", "[data-theme]"],
      ["light", '[data-theme="light"]'],
      ["dark more", '[data-contrast="more"]'],
      ["light more", '[data-theme="light"][data-contrast="more"]'],
    ] as const) {
      for (const role of ["scene", "key"] as const) {
        const value = new RegExp(`--${role}: (#[0-9a-f]{6});`).exec(block(`\n${selector}`))?.[1] ?? "";
        expect(rgb(value), `--${role} of ${theme}`).toEqual(SURFACES[theme][role]);
      }
    }
  });
});
