//! `blocked_pairs`: guests whom the camera once took for somebody else.

use rusqlite::{Connection, params};

use portico_types::AttendeeId;

use crate::codec::Named;
use crate::migrations::Migration;
use crate::{BlockedPair, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    sql: "CREATE TABLE blocked_pairs (
        attendee      TEXT NOT NULL,
        confused_with TEXT NOT NULL,
        PRIMARY KEY (attendee, confused_with)
    ) STRICT, WITHOUT ROWID;",
}];

pub(crate) fn insert(
    connection: &Connection,
    wrong: &AttendeeId,
    right: &AttendeeId,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO blocked_pairs (attendee, confused_with) VALUES (?1, ?2)")?
        .execute(params![Named(wrong), Named(right)])?;
    Ok(())
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<BlockedPair>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT attendee, confused_with FROM blocked_pairs ORDER BY attendee, confused_with",
    )?;
    let pairs = statement.query_map([], |row| {
        Ok(BlockedPair {
            attendee: row.get::<_, Named<_>>(0)?.0,
            confused_with: row.get::<_, Named<_>>(1)?.0,
        })
    })?;
    Ok(pairs.collect::<Result<_, _>>()?)
}

pub(crate) fn remove_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM blocked_pairs", [])?;
    Ok(())
}
