import { describe, expect, it } from "vitest";

import { busyRows, column, minutesBetween } from "./chart.ts";

describe("figures by the minute", () => {
  it("leave no minute out, up to the one that has begun", () => {
    expect(minutesBetween(60_000, 239_999)).toEqual([60_000, 120_000, 180_000]);
    expect(minutesBetween(60_000, 60_000)).toEqual([60_000]);
  });

  it("are nothing where nothing happened", () => {
    expect(column([0, 60_000, 120_000], [[60_000, 3], [999_999, 7]])).toEqual([0, 3, 0]);
  });

  it("make a table of the busy minutes, the newest first", () => {
    const rows = busyRows([0, 60_000, 120_000], [[1, 0, 2], [0, 0, 5]]);
    expect(rows).toEqual([
      { minute: 120_000, values: [2, 5] },
      { minute: 0, values: [1, 0] },
    ]);
  });
});
