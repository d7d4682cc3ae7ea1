import { describe, expect, it } from "vitest";

import { padKey } from "../lib/digits.ts";
import { EMPTY, enterPin, pressPin } from "./pinEntry.ts";
import type { PinEntry } from "./pinEntry.ts";

const typing = (digits: string, entry: PinEntry = EMPTY) =>
  [...digits].reduce((typed, digit) => pressPin(typed, padKey(digit) ?? "delete"), entry);

describe("a PIN that opens staff mode", () => {
  it("is complete after being typed once", () => {
    expect(enterPin(typing("2468"), "open")).toEqual({ kind: "complete", pin: "2468" });
  });

  it("is not sent while it is too short to be one", () => {
    expect(enterPin(typing("246"), "open")).toEqual({ kind: "too_short" });
  });

  it("takes no more than twelve digits", () => {
    expect(typing("1234567890123").typed).toBe("123456789012");
  });
});

describe("a PIN that is chosen", () => {
  it("is complete after being typed twice alike", () => {
    const once = enterPin(typing("2468"), "choose");
    expect(once.kind).toBe("repeat");
    const again = once.kind === "repeat" ? typing("2468", once.entry) : EMPTY;
    expect(enterPin(again, "choose")).toEqual({ kind: "complete", pin: "2468" });
  });

  it("starts over when the two differ", () => {
    const once = enterPin(typing("2468"), "choose");
    const again = once.kind === "repeat" ? typing("2469", once.entry) : EMPTY;
    expect(enterPin(again, "choose")).toEqual({ kind: "differs", entry: EMPTY });
  });
});
