import { describe, expect, it } from "vitest";

import en from "./locales/en.json";
import zhCN from "./locales/zh-CN.json";

const places = (text: unknown): string[] =>
  [...new Set([...JSON.stringify(text).matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort();

describe("locale files", () => {
  it("have the same messages in every language", () => {
    expect(Object.keys(zhCN).sort()).toEqual(Object.keys(en).sort());
  });

  it("fill the same places in every language", () => {
    for (const [message, text] of Object.entries(en)) {
      const count = (found: string[]) => found.filter((place) => place !== "count");
      expect(count(places(zhCN[message as keyof typeof zhCN])), message).toEqual(count(places(text)));
    }
  });

  it("leave no message empty", () => {
    for (const text of [...Object.values(en), ...Object.values(zhCN)]) {
      expect(JSON.stringify(text)).not.toContain('""');
    }
  });
});
