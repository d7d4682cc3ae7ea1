import { describe, expect, it } from "vitest";

import { KeyStack } from "./keys.ts";

describe("KeyStack", () => {
  it("sends keys to whoever opened last", () => {
    const stack = new KeyStack();
    const got: string[] = [];
    stack.open((key) => got.push(`guest ${key}`));
    const close = stack.open((key) => got.push(`staff ${key}`));
    stack.press("1");
    close();
    stack.press("2");
    expect(got).toEqual(["staff 1", "guest 2"]);
  });

  it("keeps the newest receiver when an older one closes", () => {
    const stack = new KeyStack();
    const got: string[] = [];
    const close = stack.open(() => got.push("old"));
    stack.open(() => got.push("new"));
    close();
    stack.press("x");
    expect(got).toEqual(["new"]);
  });

  it("drops keys that nobody wants", () => {
    expect(() => new KeyStack().press("x")).not.toThrow();
  });

  it("knows whether anybody takes keys", () => {
    const stack = new KeyStack();
    const close = stack.open(() => {});
    expect(stack.isOpen).toBe(true);
    close();
    expect(stack.isOpen).toBe(false);
  });
});
