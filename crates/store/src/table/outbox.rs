//! `outbox`: what the backend has yet to hear, in the order in which it happened.

use rusqlite::{Connection, Row, params};

use portico_types::{AttendeeId, CheckInId};

use crate::codec::{Json, Named};
use crate::migrations::Migration;
use crate::{OutboxBody, OutboxEntry, OutboxLine, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    // AUTOINCREMENT: a number is never used twice, so the order survives the removal of what was delivered.
    sql: "CREATE TABLE outbox (
        seq           INTEGER PRIMARY KEY AUTOINCREMENT,
        id            TEXT NOT NULL UNIQUE,
        kind          TEXT NOT NULL CHECK (kind IN ('check_in', 'undo')),
        attendee      TEXT NOT NULL,
        body          TEXT NOT NULL,
        attempts      INTEGER NOT NULL DEFAULT 0,
        state         TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'parked')),
        parked_reason TEXT,
        CHECK ((state = 'parked') = (parked_reason IS NOT NULL))
    ) STRICT;
    CREATE INDEX outbox_by_state ON outbox (state, seq);",
}];

/// Still to be delivered.
pub(crate) const WAITING: &str = "waiting";
/// Refused by the backend for good.
pub(crate) const PARKED: &str = "parked";

pub(crate) fn push(
    connection: &Connection,
    id: CheckInId,
    attendee: &AttendeeId,
    body: &OutboxBody,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO outbox (id, kind, attendee, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![Named(id), body.kind(), Named(attendee), Json(body)])?;
    Ok(())
}

pub(crate) fn waiting(connection: &Connection) -> Result<u64, StoreError> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM outbox WHERE state = 'waiting'")?
        .query_row([], |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

pub(crate) fn next(connection: &Connection, limit: usize) -> Result<Vec<OutboxEntry>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT seq, id, body FROM outbox WHERE state = 'waiting' ORDER BY seq LIMIT ?1")?;
    let entries = statement.query_map([limit as i64], entry)?;
    Ok(entries.collect::<Result<_, _>>()?)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<OutboxEntry> {
    Ok(OutboxEntry { seq: row.get(0)?, id: row.get::<_, Named<_>>(1)?.0, body: row.get::<_, Json<_>>(2)?.0 })
}

/// Entries for people to read, oldest first. `state` is [`WAITING`] or [`PARKED`].
pub(crate) fn lines(connection: &Connection, state: &str, limit: i64) -> Result<Vec<OutboxLine>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT o.seq, o.id, o.body, o.attendee, a.name, o.attempts, o.parked_reason
         FROM outbox o LEFT JOIN attendees a ON a.id = o.attendee
         WHERE o.state = ?1 ORDER BY o.seq LIMIT ?2",
    )?;
    let lines = statement.query_map(params![state, limit], |row| {
        Ok(OutboxLine {
            entry: entry(row)?,
            attendee: row.get::<_, Named<_>>(3)?.0,
            name: row.get(4)?,
            attempts: row.get(5)?,
            parked: row.get(6)?,
        })
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}

/// Whether an entry is still here, waiting or parked.
pub(crate) fn contains(connection: &Connection, id: CheckInId) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM outbox WHERE id = ?1")?.exists([Named(id)])?)
}

/// Takes an entry out and tells whose it was; nothing if it is gone already.
pub(crate) fn remove(connection: &Connection, id: CheckInId) -> Result<Option<AttendeeId>, StoreError> {
    let mut statement = connection.prepare_cached("DELETE FROM outbox WHERE id = ?1 RETURNING attendee")?;
    let mut rows = statement.query([Named(id)])?;
    let mut attendee = None;
    while let Some(row) = rows.next()? {
        attendee = Some(row.get::<_, Named<AttendeeId>>(0)?.0);
    }
    Ok(attendee)
}

pub(crate) fn park(connection: &Connection, id: CheckInId, reason: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE outbox SET state = 'parked', parked_reason = ?2 WHERE id = ?1")?
        .execute(params![Named(id), reason])?;
    Ok(())
}

/// Parks everything that waits.
pub(crate) fn park_all(connection: &Connection, reason: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE outbox SET state = 'parked', parked_reason = ?1 WHERE state = 'waiting'")?
        .execute([reason])?;
    Ok(())
}

pub(crate) fn count_attempt(connection: &Connection, id: CheckInId) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?1")?
        .execute([Named(id)])?;
    Ok(())
}
