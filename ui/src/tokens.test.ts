// Components know roles, not values: a theme that forgets nobody is possible only then.
import { describe, expect, it } from "vitest";

import tokens from "./tokens.css?raw";

const files = import.meta.glob("./{guest,shared,staff}/*.svelte", { query: "?raw", import: "default", eager: true });
const components = [...Object.entries(files).map(([path, text]) => [path, String(text)] as const)];
const styleOf = (source: string) => /<style>([^]*)<\/style>/.exec(source)?.[1] ?? "";
const KEYWORDS = /\b(white|black|red|green|blue|gr[ae]y|yellow|orange|purple)\b(?!-)/;

describe("components", () => {
  it("are all looked at", () => expect(components.length).toBeGreaterThan(40));

  for (const [path, source] of components) {
    it(`${path} has no colour of its own`, () => {
      const style = styleOf(source);
      expect(style.match(/#[0-9a-f]{3,8}\b/gi)).toBeNull();
      expect(style.match(/\b(rgba?|hsla?|oklch|oklab|lab|lch)\(/g)).toBeNull();
      expect(style.split("\n").filter((line) => /:/.test(line) && KEYWORDS.test(line.replace(/--[\w-]+/g, "")))).toEqual([]);
      expect(source.match(/style(:color|:background|="[^"]*(color|background))[^>]*#[0-9a-f]{3,8}/gi)).toBeNull();
    });

    it(`${path} has no type size of its own`, () => {
      const sizes = [...styleOf(source).matchAll(/(?<![-\w])font(?:-size)?:\s*([^;]+);/g)].map(([, value]) => value ?? "");
      expect(sizes.filter((value) => /\d(px|pt|rem|vw|vh|vmin|vmax)\b/.test(value))).toEqual([]);
    });

    it(`${path} uses only tokens that there are`, () => {
      const style = styleOf(source);
      const own = new Set([...source.matchAll(/(?:style:|[{;\s])(--[\w-]+)(?=\s*[:=])/g)].map(([, name]) => name));
      const used = [...style.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name ?? "");
      expect(used.filter((name) => !own.has(name) && !tokens.includes(`${name}:`))).toEqual([]);
    });
  }
});
