// Figures by the minute, put in order for a chart. Pure.

const MINUTE_MS = 60_000;

/** The beginnings of all minutes from `since` to the one that `until` lies in. */
export function minutesBetween(since: number, until: number): number[] {
  const minutes: number[] = [];
  for (let at = since; at <= until; at += MINUTE_MS) minutes.push(at);
  return minutes;
}

/** One value per minute; a minute that no point is about has none. */
export function column(minutes: readonly number[], points: Iterable<readonly [minute: number, value: number]>): number[] {
  const values = new Map(points);
  return minutes.map((minute) => values.get(minute) ?? 0);
}

/** The minutes with anything in any column, newest first: what a table has to show. */
export function busyRows(minutes: readonly number[], columns: readonly (readonly number[])[]): { minute: number; values: number[] }[] {
  return minutes
    .map((minute, at) => ({ minute, values: columns.map((values) => values[at] ?? 0) }))
    .filter(({ values }) => values.some((value) => value > 0))
    .reverse();
}
