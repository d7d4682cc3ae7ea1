//! `outcomes`: how recognition went, counted by the minute. Numbers only; old minutes go by themselves.

use rusqlite::{Connection, params};

use portico_types::{Outcome, UtcMillis};

use crate::StoreError;
use crate::codec::Named;
use crate::migrations::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 5,
    sql: "CREATE TABLE outcomes (
        minute  INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        count   INTEGER NOT NULL CHECK (count > 0),
        PRIMARY KEY (minute, outcome)
    ) STRICT, WITHOUT ROWID;",
}];

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;
/// How far back minutes are kept: longer than any event lasts.
const KEPT_MS: i64 = 7 * 24 * 60 * MINUTE_MS;

/// The minute that `at` lies in, by its beginning.
pub(crate) const fn minute_of(at: UtcMillis) -> i64 {
    at.0.div_euclid(MINUTE_MS) * MINUTE_MS
}

/// Counts `count` more of `outcome` in the minute of `at`, and forgets minutes that are a week older.
pub(crate) fn add(
    connection: &Connection,
    at: UtcMillis,
    outcome: Outcome,
    count: u64,
) -> Result<(), StoreError> {
    let minute = minute_of(at);
    connection
        .prepare_cached(
            "INSERT INTO outcomes (minute, outcome, count) VALUES (?1, ?2, ?3)
             ON CONFLICT (minute, outcome) DO UPDATE SET count = count + excluded.count",
        )?
        .execute(params![minute, Named(outcome), count.cast_signed()])?;
    connection
        .prepare_cached("DELETE FROM outcomes WHERE minute < ?1")?
        .execute([minute.saturating_sub(KEPT_MS)])?;
    Ok(())
}

/// Every count from the minute of `since` on, oldest first.
pub(crate) fn since(
    connection: &Connection,
    since: UtcMillis,
) -> Result<Vec<(UtcMillis, Outcome, u64)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT minute, outcome, count FROM outcomes WHERE minute >= ?1 ORDER BY minute, outcome",
    )?;
    let rows = statement.query_map([minute_of(since)], |row| {
        Ok((UtcMillis(row.get(0)?), row.get::<_, Named<_>>(1)?.0, row.get::<_, i64>(2)?.cast_unsigned()))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How often each outcome was counted in all.
pub(crate) fn totals(connection: &Connection) -> Result<Vec<(Outcome, u64)>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT outcome, sum(count) FROM outcomes GROUP BY outcome ORDER BY outcome")?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, Named<_>>(0)?.0, row.get::<_, i64>(1)?.cast_unsigned())))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn remove_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM outcomes", [])?;
    Ok(())
}
