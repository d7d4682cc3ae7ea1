import { describe, expect, it } from "vitest";

import { gain, TONES } from "./sound.ts";
import type { Note } from "./sound.ts";

/** What ears keep of a tone: how many notes, and whether it rises or falls. */
const contour = (notes: Note[]) => [notes.length, ...notes.slice(1).map(([pitch], at) => Math.sign(pitch - (notes[at]?.[0] ?? 0)))].join();

describe("tones", () => {
  it("can be told apart by how many notes they have and where these go", () => {
    const contours = Object.values(TONES).map((notes) => contour(notes as Note[]));
    expect(new Set(contours).size).toBe(contours.length);
  });

  it("are over in half a second", () => {
    for (const notes of Object.values(TONES)) for (const [, start, length] of notes) expect(start + length).toBeLessThanOrEqual(0.55);
  });

  it("are as loud as the kiosk is set", () => {
    expect(gain(0)).toBe(0);
    expect(gain(50)).toBeLessThan(gain(100) / 2);
    expect(gain(500)).toBe(gain(100));
  });
});
