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
  it("keeps the guest's language and staff's apart, and staff's until the next time", () => {
    const words = new Words();
    words.language = "zh-CN";
    const close = words.openSheet("en");
    expect(words.language).toBe("en");
    words.language = "de";
    expect([words.language, words.guest]).toEqual(["de", "zh-CN"]);
    words.guest = "en";
    expect(words.language).toBe("de");
    close();
    expect(words.language).toBe("en");
    words.openSheet("en");
    expect(words.language).toBe("de");
  });

  it("says why something was not imported, in the event system's words where it has none of its own", () => {
    const words = new Words();
    words.language = "de";
    const reason = { code: "ticket_twice", values: { row: "9" }, text: "row 9 has the same ticket code" };
    expect(words.notImported(reason)).toBe("Zeile 9 hat denselben Ticketcode");
    expect(words.notImported({ ...reason, code: "of_a_later_version" })).toBe(reason.text);
    const days = { code: "term_too_long", values: { count: "1" }, text: "at most 1 day(s)" };
    expect(words.notImported(days)).toContain("höchstens einen Tag");
  });

  it("says why an entry was refused, and what an event system says that names no reasons", () => {
    const words = new Words();
    words.language = "de";
    const reason = { code: "no_name", values: {}, text: "the new guest has no name" };
    expect(words.notSent(reason)).toBe("Der neue Gast hat keinen Namen");
    expect(words.notSent({ ...reason, code: null })).toBe(reason.text);
  });

  it("chooses singular and plural by the language's rules", () => {
    const words = new Words();
    expect(words.t("confirm.attempts", { count: 1 })).toBe("One more try");
    expect(words.t("confirm.attempts", { count: 2 })).toBe("2 more tries");
    words.language = "zh-CN";
    expect(words.t("confirm.attempts", { count: 2 })).toContain("2");
  });

  it("groups large counts as the language does", () => {
    const words = new Words();
    expect(words.t("confirm.attempts", { count: 1_280 })).toContain("1,280");
    words.language = "de";
    expect(words.t("confirm.attempts", { count: 1_280 })).toContain("1.280");
  });

  it("falls back to English for a language it does not speak", () => {
    const words = new Words();
    words.language = "tlh";
    expect(words.t("action.back")).toBe("Back");
  });

  it("has words for a failure it does not know", () => {
    const words = new Words();
    expect(words.failure("made.up")).toBe(words.t("error.unknown"));
    expect(words.failure("staff.locked_out", { wait: words.wait(30) })).toContain("30 seconds");
  });

  it("tells a long wait in minutes, and never less than it is", () => {
    const words = new Words();
    expect([1, 89, 90, 121, 960].map((seconds) => words.wait(seconds))).toEqual([
      "1 second",
      "89 seconds",
      "2 minutes",
      "3 minutes",
      "16 minutes",
    ]);
    words.language = "zh-CN";
    expect(words.wait(960)).toContain("16");
  });

  it("tells the venue's time, whatever the machine's zone", () => {
    expect(new Words().time(Date.UTC(2026, 0, 1, 9, 5), "Asia/Shanghai")).toMatch(/5:05/);
  });
});
