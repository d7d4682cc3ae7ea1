//! `needs`: what guests needed a person for, until staff tick it off. A kind and a time, nobody's name.

use rusqlite::{Connection, OptionalExtension, params};

use portico_types::{StaffNotice, UtcMillis};

use crate::codec::Named;
use crate::migrations::Migration;
use crate::{Need, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 5,
    // AUTOINCREMENT: what staff tick off is never another need that got the same number.
    sql: "CREATE TABLE needs (
        id      INTEGER PRIMARY KEY AUTOINCREMENT,
        kind    TEXT NOT NULL,
        at      INTEGER NOT NULL,
        done_at INTEGER
    ) STRICT;
    CREATE INDEX needs_open ON needs (id) WHERE done_at IS NULL;",
}];

/// As many are kept; a list that is longer is worked through by nobody.
const KEPT: i64 = 500;

pub(crate) fn insert(connection: &Connection, kind: StaffNotice, at: UtcMillis) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO needs (kind, at) VALUES (?1, ?2)")?
        .execute(params![Named(kind), at.0])?;
    connection
        .prepare_cached("DELETE FROM needs WHERE id <= ?1")?
        .execute([connection.last_insert_rowid() - KEPT])?;
    Ok(())
}

/// Those that nobody has ticked off, newest first.
pub(crate) fn open(connection: &Connection, limit: usize) -> Result<Vec<Need>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, kind, at FROM needs WHERE done_at IS NULL ORDER BY id DESC LIMIT ?1")?;
    let rows = statement.query_map([limit as i64], |row| {
        Ok(Need { id: row.get(0)?, kind: row.get::<_, Named<_>>(1)?.0, at: UtcMillis(row.get(2)?) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn count_open(connection: &Connection) -> Result<u64, StoreError> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM needs WHERE done_at IS NULL")?
        .query_row([], |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

/// Ticks one off; `None` if it was before or is not kept any more.
pub(crate) fn set_done(
    connection: &Connection,
    id: i64,
    at: UtcMillis,
) -> Result<Option<StaffNotice>, StoreError> {
    let mut statement = connection
        .prepare_cached("UPDATE needs SET done_at = ?2 WHERE id = ?1 AND done_at IS NULL RETURNING kind")?;
    Ok(statement.query_row(params![id, at.0], |row| Ok(row.get::<_, Named<_>>(0)?.0)).optional()?)
}

pub(crate) fn remove_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM needs", [])?;
    Ok(())
}
