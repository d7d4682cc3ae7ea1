//! `check_ins`: entries made at this kiosk, and which of them still stand. The database itself keeps a guest from
//! having two that stand. Entries made elsewhere are known by the roster's mark (`attendees`).

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use portico_types::{AttendeeId, CheckIn, CheckInId, UtcMillis};

use crate::StoreError;
use crate::codec::Named;
use crate::migrations::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    sql: "CREATE TABLE check_ins (
        id        TEXT PRIMARY KEY,
        attendee  TEXT NOT NULL,
        gate      TEXT NOT NULL,
        gate_name TEXT NOT NULL,
        method    TEXT NOT NULL,
        at        INTEGER NOT NULL,
        score     REAL,
        reason    TEXT,
        standing  TEXT NOT NULL CHECK (standing IN ('live', 'undone', 'revoked')),
        undo_id   TEXT,
        undone_at INTEGER,
        CHECK ((standing = 'undone') = (undo_id IS NOT NULL)),
        CHECK ((standing = 'undone') = (undone_at IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX check_ins_one_live ON check_ins (attendee) WHERE standing = 'live';
    CREATE INDEX check_ins_by_attendee ON check_ins (attendee, at);",
}];

/// Whether an entry still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// The guest is in.
    Live,
    /// Taken back here.
    Undone,
    /// Taken back elsewhere, as the roster told.
    Revoked,
}

/// A check-in with what only this table knows of it.
#[derive(Clone, Debug)]
pub(crate) struct StoredCheckIn {
    pub check_in: CheckIn,
    pub gate_name: String,
    pub standing: Standing,
    pub undo_id: Option<CheckInId>,
}

const COLUMNS: &str = "id, attendee, gate, method, at, score, reason, gate_name, standing, undo_id";

fn read(row: &Row<'_>) -> rusqlite::Result<StoredCheckIn> {
    let check_in = CheckIn {
        id: row.get::<_, Named<_>>(0)?.0,
        attendee: row.get::<_, Named<_>>(1)?.0,
        gate: row.get::<_, Named<_>>(2)?.0,
        method: row.get::<_, Named<_>>(3)?.0,
        at: UtcMillis(row.get(4)?),
        score: row.get(5)?,
        reason: row.get(6)?,
    };
    let undo_id = row.get::<_, Option<Named<_>>>(9)?.map(|Named(id)| id);
    Ok(StoredCheckIn { check_in, gate_name: row.get(7)?, standing: row.get::<_, Named<_>>(8)?.0, undo_id })
}

pub(crate) fn insert_live(
    connection: &Connection,
    entry: &CheckIn,
    gate_name: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO check_ins (id, attendee, gate, gate_name, method, at, score, reason, standing)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'live')",
        )?
        .execute(params![
            Named(entry.id),
            Named(&entry.attendee),
            Named(&entry.gate),
            gate_name,
            Named(entry.method),
            entry.at.0,
            entry.score,
            entry.reason,
        ])?;
    Ok(())
}

pub(crate) fn find(connection: &Connection, id: CheckInId) -> Result<Option<StoredCheckIn>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM check_ins WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([Named(id)], read).optional()?)
}

/// The one entry of this guest that stands.
pub(crate) fn live(
    connection: &Connection,
    attendee: &AttendeeId,
) -> Result<Option<StoredCheckIn>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM check_ins WHERE attendee = ?1 AND standing = 'live'");
    Ok(connection.prepare_cached(&sql)?.query_row([Named(attendee)], read).optional()?)
}

/// The newest entries, newest first: their ids begin with the time.
pub(crate) fn newest(connection: &Connection, limit: usize) -> Result<Vec<StoredCheckIn>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM check_ins ORDER BY id DESC LIMIT ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([limit as i64], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn set_undone(
    connection: &Connection,
    id: CheckInId,
    undo_id: CheckInId,
    at: UtcMillis,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE check_ins SET standing = 'undone', undo_id = ?2, undone_at = ?3 WHERE id = ?1 AND standing = 'live'",
        )?
        .execute(params![Named(id), Named(undo_id), at.0])?;
    Ok(())
}

pub(crate) fn set_revoked(connection: &Connection, id: CheckInId) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE check_ins SET standing = 'revoked' WHERE id = ?1 AND standing = 'live'")?
        .execute([Named(id)])?;
    Ok(())
}

/// Every entry that stands stands no longer.
pub(crate) fn revoke_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE check_ins SET standing = 'revoked' WHERE standing = 'live'", [])?;
    Ok(())
}

/// Whether an entry of this guest at this very time was taken back here.
pub(crate) fn was_undone(
    connection: &Connection,
    attendee: &AttendeeId,
    at: UtcMillis,
) -> Result<bool, StoreError> {
    let mut statement = connection
        .prepare_cached(
        "SELECT 1 FROM check_ins WHERE attendee = ?1 AND at = ?2 AND standing = 'undone' AND NOT EXISTS
         (SELECT 1 FROM check_ins AS moved WHERE moved.attendee = ?1 AND moved.at = ?2 AND moved.standing = 'live')",
    )?;
    Ok(statement.exists(params![Named(attendee), at.0])?)
}
