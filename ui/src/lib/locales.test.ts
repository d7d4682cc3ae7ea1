import { describe, expect, it } from "vitest";

import de from "./locales/de.json";
import en from "./locales/en.json";
import zhCN from "./locales/zh-CN.json";

const OTHERS = { de, "zh-CN": zhCN };
type Text = string | { one: string; other: string };

const places = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort();
/** Places of a text; a singular may say its count in a word. */
const needed = (text: Text): string[] => (typeof text === "string" ? places(text) : places(text.other).filter((place) => place !== "count"));
const forms = (text: Text): string[] => (typeof text === "string" ? [text] : [text.one, text.other]);

describe("locale files", () => {
  for (const [language, locale] of Object.entries(OTHERS)) {
    it(`have the same messages in ${language}, none too many`, () => {
      const [known, there] = [Object.keys(en), Object.keys(locale)];
      expect(known.filter((message) => !there.includes(message)), "missing").toEqual([]);
      expect(there.filter((message) => !known.includes(message)), "superfluous").toEqual([]);
    });

    it(`fill the same places in ${language}`, () => {
      const texts: Record<string, Text> = locale;
      for (const [message, text] of Object.entries(en)) {
        const translated = texts[message] ?? "";
        expect(needed(translated).filter((place) => place !== "count"), message).toEqual(needed(text).filter((place) => place !== "count"));
        if (typeof translated !== "string") expect(translated.other, `${message} tells how many`).toContain("{count}");
      }
    });
  }

  it("name every language by itself", () => {
    expect([en, de, zhCN].map((locale) => locale["language.name"])).toEqual(["English", "Deutsch", "中文"]);
  });

  it("hold no message that nobody shows", () => {
    const files = import.meta.glob("../**/*.{svelte,ts}", { query: "?raw", import: "default", eager: true });
    const source = Object.entries(files)
      .filter(([path]) => !path.endsWith(".test.ts"))
      .map(([, text]) => String(text))
      .join("\n");
    const isShown = (message: string) =>
      source.includes(`"${message}"`) ||
      source.includes(`\`${message.replace(/\.[^.]*$/, ".${")}`) ||
      source.includes(`"${message.replace(/_anonymous$/, "")}"`) ||
      message.startsWith("error.");
    expect(Object.keys(en).filter((message) => !isShown(message))).toEqual([]);
  });

  it("leave no message empty, untidy or cut short", () => {
    for (const locale of [en, de, zhCN]) {
      for (const [message, text] of Object.entries(locale)) {
        for (const form of forms(text)) {
          expect(form.trim(), message).toBe(form);
          expect(form, message).not.toBe("");
          expect(form, message).not.toMatch(/ {2}|\.\.\./);
        }
      }
    }
  });

  it("really are German and Chinese", () => {
    const same = (locale: Record<string, Text>) => Object.entries(en).filter(([message, text]) => JSON.stringify(locale[message]) === JSON.stringify(text));
    const alike = [
      "language.two_sentences",
      "name.field_name",
      "staff.queued.check_in",
      "staff.member.name",
      "staff.tab.live",
      "staff.diag.seconds",
      "staff.stage_most",
      "staff.walkin_field.name",
    ];
    expect(same(de).map(([message]) => message)).toEqual(alike);
    expect(same(zhCN)).toEqual([]);
  });
});
