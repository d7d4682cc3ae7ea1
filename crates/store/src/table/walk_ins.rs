//! `walk_ins`: guests whom staff added at this kiosk, as the backend was told of them. Kept after the delivery, so that a
//! backend that lost them can be told again.

use rusqlite::{Connection, OptionalExtension, params};

use portico_types::{AttendeeId, CheckInId, WalkIn};

use crate::StoreError;
use crate::codec::{Json, Named};
use crate::migrations::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 5,
    // `entry` is the outbox entry, `told_seq` its place there, which keeps the order for ever.
    sql: "CREATE TABLE walk_ins (
        entry       TEXT PRIMARY KEY,
        attendee    TEXT NOT NULL UNIQUE,
        body        TEXT NOT NULL,
        told_seq    INTEGER NOT NULL,
        left_behind INTEGER NOT NULL DEFAULT 0 CHECK (left_behind IN (0, 1))
    ) STRICT, WITHOUT ROWID;",
}];

pub(crate) fn insert(
    connection: &Connection,
    entry: CheckInId,
    walk_in: &WalkIn,
    told_seq: i64,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO walk_ins (entry, attendee, body, told_seq) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![Named(entry), Named(&walk_in.id), Json(walk_in), told_seq])?;
    Ok(())
}

/// Who was added by this entry.
pub(crate) fn find(connection: &Connection, entry: CheckInId) -> Result<Option<AttendeeId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT attendee FROM walk_ins WHERE entry = ?1")?;
    Ok(statement.query_row([Named(entry)], |row| Ok(row.get::<_, Named<_>>(0)?.0)).optional()?)
}

/// Guests of whom the present backend has not heard yet, or whom it refused: no reading of its roster brings them.
pub(crate) fn untold(connection: &Connection) -> Result<Vec<AttendeeId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT attendee FROM walk_ins w WHERE EXISTS (SELECT 1 FROM outbox o WHERE o.id = w.entry)",
    )?;
    let rows = statement.query_map([], |row| Ok(row.get::<_, Named<_>>(0)?.0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Everything that the present backend was told and that is not in the outbox: entry, place, guest.
pub(crate) fn told(connection: &Connection) -> Result<Vec<(CheckInId, i64, WalkIn)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT entry, told_seq, body FROM walk_ins w
         WHERE left_behind = 0 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = w.entry)",
    )?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, Named<_>>(0)?.0, row.get(1)?, row.get::<_, Json<_>>(2)?.0)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All were added for a backend that is left.
pub(crate) fn leave_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE walk_ins SET left_behind = 1", [])?;
    Ok(())
}

/// The present backend is to hear of this one like of any other.
pub(crate) fn take_along(connection: &Connection, entry: CheckInId) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE walk_ins SET left_behind = 0 WHERE entry = ?1")?
        .execute([Named(entry)])?;
    Ok(())
}

pub(crate) fn remove_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM walk_ins", [])?;
    Ok(())
}
