import { describe, expect, it } from "vitest";

import { look, NO_WISHES } from "./looks.ts";

const PLAIN = { light: false, contrast: false, still: false };

describe("a look", () => {
  it("follows the system only where the kiosk says so", () => {
    const bright = { ...PLAIN, light: true };
    expect(look("system", "#7cc4ff", bright, NO_WISHES)["data-theme"]).toBe("light");
    expect(look("system", "#7cc4ff", PLAIN, NO_WISHES)["data-theme"]).toBe("dark");
    expect(look("dark", "#7cc4ff", bright, NO_WISHES)["data-theme"]).toBe("dark");
    expect(look("light", "#7cc4ff", PLAIN, NO_WISHES)["data-theme"]).toBe("light");
  });

  it("has more contrast and less motion if the system or the guest wants it", () => {
    for (const [system, wishes] of [
      [{ light: false, contrast: true, still: true }, NO_WISHES],
      [PLAIN, { ...NO_WISHES, contrast: true, still: true }],
    ] as const) {
      expect(look("dark", "#7cc4ff", system, wishes)).toMatchObject({ "data-contrast": "more", "data-motion": "less" });
    }
    expect(look("dark", "#7cc4ff", PLAIN, NO_WISHES)).toMatchObject({ "data-contrast": "normal", "data-motion": "normal" });
  });

  it("repairs the event's colour for the surfaces that are shown", () => {
    const accent = (theme: "dark" | "light") => look(theme, "#7cc4ff", PLAIN, NO_WISHES).style;
    expect(accent("dark")).toContain("--accent:#7cc4ff");
    expect(accent("light")).not.toContain("--accent:#7cc4ff");
  });

  it("is large and low for whoever needs it", () => {
    expect(look("dark", "#7cc4ff", PLAIN, { ...NO_WISHES, seated: true, large: true })).toMatchObject({ "data-seated": "", "data-text": "large" });
    expect(look("dark", "#7cc4ff", PLAIN, NO_WISHES)["data-seated"]).toBeUndefined();
  });
});
