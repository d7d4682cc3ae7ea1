import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { LatestSearch } from "./search.ts";

type Asked = { query: string; answer: (rows: string[]) => void; refuse: (error: Error) => void };

function searchOf() {
  const asked: Asked[] = [];
  const shown: [string, string[]][] = [];
  const failed: unknown[] = [];
  const find = (query: string) =>
    new Promise<string[]>((answer, refuse) => asked.push({ query, answer, refuse }));
  const search = new LatestSearch<string>(find, (rows, query) => shown.push([query, rows]), (error) => failed.push(error));
  return { search, asked, shown, failed };
}

const settle = () => vi.advanceTimersByTimeAsync(500);

describe("LatestSearch", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("asks once for a burst of typing", async () => {
    const { search, asked } = searchOf();
    for (const text of ["w", "we", "wei"]) search.type(text);
    await settle();
    expect(asked.map(({ query }) => query)).toEqual(["wei"]);
  });

  it("shows the newest answer even if an older one arrives later", async () => {
    const { search, asked, shown } = searchOf();
    search.type("wei");
    await settle();
    search.type("weis");
    await settle();
    asked[1]?.answer(["Weiss"]);
    asked[0]?.answer(["Wei", "Weiss"]);
    await settle();
    expect(shown).toEqual([["weis", ["Weiss"]]]);
  });

  it("clears the rows without asking when the field is emptied", async () => {
    const { search, asked, shown } = searchOf();
    search.type("wei");
    search.type("  ");
    await settle();
    expect(asked).toEqual([]);
    expect(shown).toEqual([["", []]]);
  });

  it("drops answers after it was stopped, so that nothing comes back behind a locked screen", async () => {
    const { search, asked, shown } = searchOf();
    search.type("wei");
    await settle();
    search.stop();
    asked[0]?.answer(["Wei"]);
    await settle();
    expect(shown).toEqual([]);
  });

  it("reports a failure of the newest question only", async () => {
    const { search, asked, failed } = searchOf();
    search.type("a");
    await settle();
    search.type("b");
    await settle();
    asked[0]?.refuse(new Error("old"));
    asked[1]?.refuse(new Error("new"));
    await settle();
    expect(failed.map((error) => (error as Error).message)).toEqual(["new"]);
  });
});
