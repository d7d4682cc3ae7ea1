import { describe, expect, it } from "vitest";

import { first, toggled } from "./languages.ts";

describe("languages", () => {
  it("come at the end and go without disturbing the others", () => {
    expect(toggled(["en"], "zh-CN")).toEqual(["en", "zh-CN"]);
    expect(toggled(["en", "zh-CN"], "en")).toEqual(["zh-CN"]);
  });

  it("have one that greets", () => {
    expect(first(["en", "de", "zh-CN"], "zh-CN")).toEqual(["zh-CN", "en", "de"]);
  });
});
