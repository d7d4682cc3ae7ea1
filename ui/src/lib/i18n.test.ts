import { describe, expect, it } from "vitest";

import { Words, fill } from "./i18n.svelte.ts";

describe("fill", () => {
  it("fills every place, also twice", () => {
    expect(fill("{a} and {b} and {a}", { a: "one", b: 2 })).toBe("one and 2 and one");
  });

  it("leaves a place that nobody fills, so that the mistake is seen", () => {
    expect(fill("Hello {name}", {})).toBe("Hello {name}");
  });

  it("does not fill places that a guest's name brings along", () => {
    expect(fill("{name} at {time}", { name: "{time}", time: "10:00" })).toBe("{time} at 10:00");
  });
});

describe("Words", () => {
  it("chooses singular and plural by the language's rules", () => {
    const words = new Words();
    expect(words.t("confirm.attempts", { count: 1 })).toBe("One more try");
    expect(words.t("confirm.attempts", { count: 2 })).toBe("2 more tries");
    words.language = "zh-CN";
    expect(words.t("confirm.attempts", { count: 2 })).toContain("2");
  });

  it("falls back to English for a language it does not speak", () => {
    const words = new Words();
    words.language = "tlh";
    expect(words.t("action.back")).toBe("Back");
  });

  it("has words for a failure it does not know", () => {
    const words = new Words();
    expect(words.failure("made.up")).toBe(words.t("error.unknown"));
    expect(words.failure("staff.locked_out", { seconds: 30 })).toContain("30");
  });

  it("tells the venue's time, whatever the machine's zone", () => {
    expect(new Words().time(Date.UTC(2026, 0, 1, 9, 5), "Asia/Shanghai")).toMatch(/5:05/);
  });
});
