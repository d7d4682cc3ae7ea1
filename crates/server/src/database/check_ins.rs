//! Table `check_ins`: who entered where and when, and what was taken back. A row that is not undone stands.
//!
//! The event's rule is kept by the table itself, not by a question asked before writing: two rows of a guest that stand
//! never share a slot (a unique index), and none is written too near in time to one at another gate (a trigger). What
//! the slot is and what is too near, each row brings along; how they follow from the rule is no business of this file.
//!
//! Queries name their index: `SQLite` takes the unique `undone_by` for the best one, not knowing that it is NULL in
//! nearly all rows, and would read every check-in of the event for each guest.

use portico_protocol::{GateCount, MinuteCount, rfc3339};
use portico_types::UtcMillis;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

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

/// Slots, and how far apart entries at different gates must be. What was written before was all one slot.
pub const ADD_SLOT: &str = "
ALTER TABLE check_ins ADD COLUMN slot TEXT NOT NULL DEFAULT '';
ALTER TABLE check_ins ADD COLUMN apart_ms INTEGER NOT NULL DEFAULT 0;
DROP INDEX one_live_check_in;
CREATE UNIQUE INDEX one_live_check_in ON check_ins (event_id, attendee_id, slot) WHERE undone_by IS NULL;
CREATE TRIGGER check_ins_keep_apart BEFORE INSERT ON check_ins WHEN NEW.apart_ms > 0
BEGIN
    SELECT RAISE(IGNORE) FROM check_ins INDEXED BY one_live_check_in
    WHERE event_id = NEW.event_id AND attendee_id = NEW.attendee_id AND undone_by IS NULL
        AND gate <> NEW.gate AND at BETWEEN NEW.at - NEW.apart_ms AND NEW.at + NEW.apart_ms;
END;";

/// Guests also come by name. A column's check goes with the column, so that the old one gives way to a new one, row by
/// row as it was.
pub const ADD_METHODS: &str = "
ALTER TABLE check_ins ADD COLUMN way TEXT NOT NULL DEFAULT 'staff'
    CHECK (way IN ('face', 'face_and_fact', 'ticket', 'name_and_fact', 'staff'));
UPDATE check_ins SET way = method;
ALTER TABLE check_ins DROP COLUMN method;
ALTER TABLE check_ins RENAME COLUMN way TO method;";

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
    /// Two check-ins of a guest that stand never share a slot.
    pub slot: String,
    /// How far from an entry at another gate, before or after; 0 does not ask.
    pub apart_ms: i64,
}

/// Which check-in keeps another one out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: String,
    /// What the door is told of it.
    pub first: First,
}

/// A check-in that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Live {
    /// Its id.
    pub id: String,
    /// Time at the door.
    pub at: UtcMillis,
}

/// Writes a check-in; false if one that stands keeps it out.
pub fn insert(connection: &Connection, check_in: &NewCheckIn<'_>) -> rusqlite::Result<bool> {
    let inserted = connection
        .prepare_cached(
            "INSERT INTO check_ins (id, event_id, attendee_id, gate, method, at, score, reason, slot, apart_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (event_id, attendee_id, slot) WHERE undone_by IS NULL DO NOTHING",
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
            check_in.slot,
            check_in.apart_ms,
        ])?;
    Ok(inserted == 1)
}

/// What keeps a check-in out: the one in its slot, else the earliest too near to it at another gate.
pub fn standing(connection: &Connection, out: &NewCheckIn<'_>) -> rusqlite::Result<Option<Standing>> {
    connection
        .prepare_cached(
            "SELECT c.id, c.at, coalesce(g.name, c.gate), c.method
             FROM check_ins c INDEXED BY one_live_check_in LEFT JOIN gates g ON g.id = c.gate
             WHERE c.event_id = ?1 AND c.attendee_id = ?2 AND c.undone_by IS NULL
                 AND (c.slot = ?3 OR (?4 > 0 AND c.gate <> ?5 AND c.at BETWEEN ?6 - ?4 AND ?6 + ?4))
             ORDER BY c.slot = ?3 DESC, c.at, c.id LIMIT 1",
        )?
        .query_row(params![out.event, out.attendee, out.slot, out.apart_ms, out.gate, out.at.0], |row| {
            let first = First { at: UtcMillis(row.get(1)?), gate: row.get(2)?, method: row.get(3)? };
            Ok(Standing { id: row.get(0)?, first })
        })
        .optional()
}

/// The check-ins of a guest that stand, oldest first; of everybody without one.
pub fn live(connection: &Connection, event: &str, attendee: Option<&str>) -> rusqlite::Result<Vec<Live>> {
    let read = |row: &Row<'_>| Ok(Live { id: row.get(0)?, at: UtcMillis(row.get(1)?) });
    match attendee {
        Some(attendee) => connection
            .prepare_cached(
                "SELECT id, at FROM check_ins INDEXED BY one_live_check_in
                 WHERE event_id = ?1 AND attendee_id = ?2 AND undone_by IS NULL ORDER BY at, id",
            )?
            .query_map([event, attendee], read)?
            .collect(),
        None => connection
            .prepare_cached(
                "SELECT id, at FROM check_ins INDEXED BY check_ins_by_time
                 WHERE event_id = ?1 AND undone_by IS NULL ORDER BY at, id",
            )?
            .query_map([event], read)?
            .collect(),
    }
}

/// Gives every check-in that stands a slot of its own.
pub fn scatter(connection: &Connection, event: &str) -> rusqlite::Result<()> {
    connection
        .execute("UPDATE check_ins SET slot = id WHERE event_id = ?1 AND undone_by IS NULL", [event])
        .map(|_| ())
}

/// Moves a check-in to a slot, unless another of the same guest has it already.
pub fn take_slot(connection: &Connection, id: &str, slot: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE OR IGNORE check_ins SET slot = ?2 WHERE id = ?1 AND slot <> ?2")?
        .execute([id, slot])
        .map(|_| ())
}

/// Takes a check-in back; the guest whose it was, or `None` if none of that id stands.
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

/// How many guests have entered, however often.
pub fn count(connection: &Connection, event: &str) -> rusqlite::Result<u64> {
    connection.query_row(
        "SELECT count(DISTINCT attendee_id) FROM check_ins INDEXED BY one_live_check_in
         WHERE event_id = ?1 AND undone_by IS NULL",
        [event],
        |row| row.get::<_, i64>(0).map(|n| n as u64),
    )
}

/// Entries per gate.
pub fn by_gate(connection: &Connection, event: &str) -> rusqlite::Result<Vec<GateCount>> {
    connection
        .prepare_cached(
            "SELECT gate, count(*) FROM check_ins INDEXED BY check_ins_by_time
             WHERE event_id = ?1 AND undone_by IS NULL
             GROUP BY gate ORDER BY gate",
        )?
        .query_map([event], |row| Ok(GateCount { gate: row.get(0)?, count: row.get::<_, i64>(1)? as u64 }))?
        .collect()
}

/// Entries per minute with entries, oldest first.
pub fn by_minute(connection: &Connection, event: &str) -> rusqlite::Result<Vec<MinuteCount>> {
    connection
        .prepare_cached(
            "SELECT at / ?2, count(*) FROM check_ins INDEXED BY check_ins_by_time
             WHERE event_id = ?1 AND undone_by IS NULL
             GROUP BY 1 ORDER BY 1",
        )?
        .query_map(params![event, MINUTE_MS], |row| {
            let minute = rfc3339(UtcMillis(row.get::<_, i64>(0)? * MINUTE_MS));
            Ok(MinuteCount { minute, count: row.get::<_, i64>(1)? as u64 })
        })?
        .collect()
}
