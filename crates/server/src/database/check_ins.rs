//! Table `check_ins`: who entered where and when, and what was taken back.
//!
//! That a guest is inside at most once per event is a unique index, not a question asked before writing.

use portico_protocol::{GateCount, MinuteCount, rfc3339};
use portico_types::UtcMillis;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::entries::First;

pub const CREATE: &str = "
CREATE TABLE check_ins (
    id TEXT NOT NULL PRIMARY KEY REFERENCES entries (id),
    event_id TEXT NOT NULL,
    attendee_id TEXT NOT NULL REFERENCES attendees (id),
    gate TEXT NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('face', 'face_and_fact', 'ticket', 'staff')),
    at INTEGER NOT NULL,
    score REAL,
    reason TEXT,
    undone_by TEXT UNIQUE REFERENCES entries (id),
    undo_reason TEXT
) STRICT;
CREATE UNIQUE INDEX one_live_check_in ON check_ins (event_id, attendee_id) WHERE undone_by IS NULL;
CREATE INDEX check_ins_by_time ON check_ins (event_id, at) WHERE undone_by IS NULL;";

const MINUTE_MS: i64 = 60_000;

/// A check-in to be written.
#[derive(Debug)]
pub struct NewCheckIn<'a> {
    /// The entry's id.
    pub id: &'a str,
    /// The event.
    pub event: &'a str,
    /// Who.
    pub attendee: &'a str,
    /// At which gate.
    pub gate: &'a str,
    /// How they were recognised, as on the wire.
    pub method: &'a str,
    /// Time at the door.
    pub at: UtcMillis,
    /// The score, if a face was compared.
    pub score: Option<f32>,
    /// Why, if staff did it.
    pub reason: Option<&'a str>,
}

/// Writes a check-in; false if the guest is inside already.
pub fn insert(connection: &Connection, check_in: &NewCheckIn<'_>) -> rusqlite::Result<bool> {
    let inserted = connection
        .prepare_cached(
            "INSERT INTO check_ins (id, event_id, attendee_id, gate, method, at, score, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (event_id, attendee_id) WHERE undone_by IS NULL DO NOTHING",
        )?
        .execute(params![
            check_in.id,
            check_in.event,
            check_in.attendee,
            check_in.gate,
            check_in.method,
            check_in.at.0,
            check_in.score,
            check_in.reason,
        ])?;
    Ok(inserted == 1)
}

/// The entry that keeps a guest inside.
pub fn live(connection: &Connection, event: &str, attendee: &str) -> rusqlite::Result<Option<First>> {
    connection
        .prepare_cached(
            "SELECT c.at, coalesce(g.name, c.gate) FROM check_ins c LEFT JOIN gates g ON g.id = c.gate
             WHERE c.event_id = ?1 AND c.attendee_id = ?2 AND c.undone_by IS NULL",
        )?
        .query_row([event, attendee], |row| Ok(First { at: UtcMillis(row.get(0)?), gate: row.get(1)? }))
        .optional()
}

/// Takes a check-in back; the guest whose it was, or `None` if there is none of that id or it is undone already.
pub fn undo(
    connection: &Connection,
    id: &str,
    undone_by: &str,
    reason: &str,
) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached(
            "UPDATE check_ins SET undone_by = ?2, undo_reason = ?3
             WHERE id = ?1 AND undone_by IS NULL RETURNING attendee_id",
        )?
        .query_row([id, undone_by, reason], |row| row.get(0))
        .optional()
}

/// How many guests are inside.
pub fn count(connection: &Connection, event: &str) -> rusqlite::Result<u64> {
    connection.query_row(
        "SELECT count(*) FROM check_ins WHERE event_id = ?1 AND undone_by IS NULL",
        [event],
        |row| row.get::<_, i64>(0).map(|n| n as u64),
    )
}

/// Entries per gate.
pub fn by_gate(connection: &Connection, event: &str) -> rusqlite::Result<Vec<GateCount>> {
    connection
        .prepare_cached(
            "SELECT gate, count(*) FROM check_ins WHERE event_id = ?1 AND undone_by IS NULL
             GROUP BY gate ORDER BY gate",
        )?
        .query_map([event], |row| Ok(GateCount { gate: row.get(0)?, count: row.get::<_, i64>(1)? as u64 }))?
        .collect()
}

/// Entries per minute with entries, oldest first.
pub fn by_minute(connection: &Connection, event: &str) -> rusqlite::Result<Vec<MinuteCount>> {
    connection
        .prepare_cached(
            "SELECT at / ?2, count(*) FROM check_ins WHERE event_id = ?1 AND undone_by IS NULL
             GROUP BY 1 ORDER BY 1",
        )?
        .query_map(params![event, MINUTE_MS], |row| {
            let minute = rfc3339(UtcMillis(row.get::<_, i64>(0)? * MINUTE_MS));
            Ok(MinuteCount { minute, count: row.get::<_, i64>(1)? as u64 })
        })?
        .collect()
}
