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

  it("leave no message empty", () => {
    for (const text of [...Object.values(en), ...Object.values(zhCN)]) {
      expect(JSON.stringify(text)).not.toContain('""');
    }
  });
});
