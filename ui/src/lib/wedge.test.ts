import { describe, expect, it } from "vitest";

import { Wedge } from "./wedge.ts";

function type(text: string, pace: number, start = 0): (string | null)[] {
  const wedge = new Wedge();
  return [...text, "Enter"].map((key, at) => wedge.key(key, start + at * pace));
}

describe("Wedge", () => {
  it("recognises a code that arrives at a scanner's pace", () => {
    expect(type("K7P2QX", 5).at(-1)).toBe("K7P2QX");
  });

  it("ignores what a person types", () => {
    expect(type("K7P2QX", 140).at(-1)).toBeNull();
  });

  it("ignores a lone Enter and codes too short to be tickets", () => {
    expect(type("", 5).at(-1)).toBeNull();
    expect(type("AB", 5).at(-1)).toBeNull();
  });

  it("reads the next code after a broken one", () => {
    const wedge = new Wedge();
    wedge.key("X", 0);
    const codes = [..."K7P2QX", "Enter"].map((key, at) => wedge.key(key, 1_000 + at * 5));
    expect(codes.at(-1)).toBe("K7P2QX");
  });
});
