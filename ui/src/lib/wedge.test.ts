import { describe, expect, it } from "vitest";

import { type Key, type Scan, Wedge } from "./wedge.ts";

/** A key as an American keyboard sends it. */
function american(character: string): Key {
  const upper = character.toUpperCase();
  if (/^[A-Z]$/.test(upper)) return { key: character, code: `Key${upper}`, shiftKey: character === upper };
  if (/^\d$/.test(character)) return { key: character, code: `Digit${character}`, shiftKey: false };
  const named: Record<string, string> = { Enter: "Enter", Tab: "Tab", "-": "Minus", ":": "Semicolon", "]": "BracketRight" };
  return { key: character, code: named[character] ?? "", shiftKey: character === ":" };
}

function scan(keys: Key[], pace = 5): (Scan | null)[] {
  const wedge = new Wedge();
  return keys.map((key, at) => wedge.key(key, at * pace));
}

function type(text: string, { pace = 5, end = "Enter" } = {}): (Scan | null)[] {
  return scan([...text, end].map(american), pace);
}

const plain = (code: string): Scan => ({ code, other_reading: null });

describe("Wedge", () => {
  it("recognises a code that arrives at a scanner's pace", () => {
    expect(type("K7P2QX").at(-1)).toEqual(plain("K7P2QX"));
  });

  it("takes Tab for the end as well", () => {
    expect(type("K7P2QX", { end: "Tab" }).at(-1)).toEqual(plain("K7P2QX"));
  });

  it("ignores what a person types", () => {
    expect(type("K7P2QX", { pace: 140 }).at(-1)).toBeNull();
  });

  it("ignores a lone Enter and codes too short to be tickets", () => {
    expect(type("").at(-1)).toBeNull();
    expect(type("AB").at(-1)).toBeNull();
  });

  it("tells a key that follows a scanner's: a second end, or that of a code too short", () => {
    const wedge = new Wedge();
    expect(wedge.isInHaste(0)).toBe(false);
    [..."K7", "Enter"].forEach((key, at) => wedge.key(american(key), at * 5));
    expect([wedge.isInHaste(15), wedge.isInHaste(500)]).toEqual([true, false]);
  });

  it("reads the next code after a broken one", () => {
    const wedge = new Wedge();
    wedge.key(american("X"), 0);
    const codes = [...[..."K7P2QX"].map(american), american("Enter")].map((key, at) => wedge.key(key, 1_000 + at * 5));
    expect(codes.at(-1)).toEqual(plain("K7P2QX"));
  });

  it("reads a signed ticket whole, and gives up on a key that is stuck", () => {
    const signed = `PT1${"A7Q2".repeat(40)}`;
    expect(type(signed).at(-1)).toEqual(plain(signed));
    const withFace = `PT2${"A7Q2".repeat(133)}`;
    expect(type(withFace).at(-1)).toEqual(plain(withFace));
    expect(type("A".repeat(1_029)).at(-1)?.code.length).toBeLessThan(10);
  });

  it("does not stumble over Shift, and leaves the case to whoever looks the code up", () => {
    const shift: Key = { key: "Shift", code: "ShiftLeft", shiftKey: true };
    const keys = [..."k7P2qX"].flatMap((character) => [shift, american(character)]);
    expect(scan([...keys, american("Enter")]).at(-1)).toEqual(plain("k7P2qX"));
  });

  it("drops control characters and the mark of the kind of code that a scanner puts before it", () => {
    expect(type("]Q3K7P2QX").at(-1)).toEqual(plain("K7P2QX"));
    const control: Key = { key: "\u001d", code: "", shiftKey: false };
    expect(scan([control, ...[..."K7P2QX"].map(american), american("Enter")]).at(-1)).toEqual(plain("K7P2QX"));
  });

  it("gives both readings where this device's keyboard is another one", () => {
    // The American scanner sends the positions of Y and of the dash; a German keyboard bears z and ß there.
    const keys: Key[] = [
      american("k"),
      { key: "z", code: "KeyY", shiftKey: false },
      american("7"),
      { key: "ß", code: "Minus", shiftKey: false },
      american("a"),
      american("Enter"),
    ];
    expect(scan(keys).at(-1)).toEqual({ code: "kz7ßa", other_reading: "KY7-A" });
  });

  it("gives both readings of a French keyboard, where digits need Shift", () => {
    const keys: Key[] = [
      { key: "q", code: "KeyA", shiftKey: false },
      { key: "&", code: "Digit1", shiftKey: false },
      { key: "é", code: "Digit2", shiftKey: false },
      { key: "a", code: "KeyQ", shiftKey: false },
      american("Enter"),
    ];
    expect(scan(keys).at(-1)).toEqual({ code: "q&éa", other_reading: "A12Q" });
  });
});
