//! Table `conflicts`: guests who were let in twice. A row is named by its second entry, which it keeps in full: that
//! entry is not among the check-ins unless it is promoted.

use portico_protocol::{ConflictEntryRecord, ConflictRecord, ConflictStateRecord, rfc3339};
use portico_types::{DeviceId, UtcMillis};
use rusqlite::{Connection, Row, params};

use super::check_ins::NewCheckIn;
use super::sequence;

pub const CREATE: &str = "
CREATE TABLE conflicts (
    id TEXT NOT NULL PRIMARY KEY REFERENCES entries (id),
    event_id TEXT NOT NULL,
    attendee_id TEXT NOT NULL REFERENCES attendees (id),
    first_id TEXT NOT NULL REFERENCES check_ins (id),
    gate TEXT NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('face', 'face_and_fact', 'ticket', 'staff')),
    at INTEGER NOT NULL,
    score REAL,
    reason TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'undone', 'promoted')),
    resolved_by TEXT REFERENCES devices (id),
    resolved_at INTEGER,
    resolve_reason TEXT,
    change INTEGER NOT NULL UNIQUE,
    CHECK ((resolved_by IS NULL) = (state = 'open')),
    CHECK ((resolved_at IS NULL) = (state = 'open'))
) STRICT;
CREATE INDEX open_conflicts_by_first ON conflicts (first_id) WHERE state = 'open';";

/// The same as for the check-ins.
pub const ADD_METHODS: &str = "
ALTER TABLE conflicts ADD COLUMN way TEXT NOT NULL DEFAULT 'staff'
    CHECK (way IN ('face', 'face_and_fact', 'ticket', 'name_and_fact', 'staff'));
UPDATE conflicts SET way = method;
ALTER TABLE conflicts DROP COLUMN method;
ALTER TABLE conflicts RENAME COLUMN way TO method;";

/// The second entry of an open conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Second {
    /// Its id, which is the conflict's.
    pub id: String,
    /// The event.
    pub event: String,
    /// Who.
    pub attendee: String,
    /// At which gate.
    pub gate: String,
    /// How they were recognised, as on the wire.
    pub method: String,
    /// Time at the door.
    pub at: UtcMillis,
    /// The score, if a face was compared.
    pub score: Option<f32>,
    /// Why, if staff did it.
    pub reason: Option<String>,
}

/// How a conflict ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Both entries were this guest.
    Accepted,
    /// The second entry was taken back.
    Undone,
    /// The second entry stands in the place of the first.
    Promoted,
}

/// By whose act, when and why a conflict ends.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// The kiosk.
    pub device: &'a DeviceId,
    /// Time there.
    pub at: UtcMillis,
    /// Why.
    pub reason: &'a str,
}

/// Opens a conflict of `second` with the check-in `first` that keeps it out.
pub fn open(connection: &Connection, second: &NewCheckIn<'_>, first: &str) -> rusqlite::Result<()> {
    let change = sequence::next(connection)?;
    connection
        .prepare_cached(
            "INSERT INTO conflicts (id, event_id, attendee_id, first_id, gate, method, at, score, reason, state,
                 change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'open', ?10)",
        )?
        .execute(params![
            second.id,
            second.event,
            second.attendee,
            first,
            second.gate,
            second.method,
            second.at.0,
            second.score,
            second.reason,
            change,
        ])?;
    Ok(())
}

/// The second entries of the open conflicts with this check-in, oldest first.
pub fn open_with(connection: &Connection, first: &str) -> rusqlite::Result<Vec<Second>> {
    connection
        .prepare_cached(
            "SELECT id, event_id, attendee_id, gate, method, at, score, reason FROM conflicts
             WHERE first_id = ?1 AND state = 'open' ORDER BY at, id",
        )?
        .query_map([first], |row| {
            Ok(Second {
                id: row.get(0)?,
                event: row.get(1)?,
                attendee: row.get(2)?,
                gate: row.get(3)?,
                method: row.get(4)?,
                at: UtcMillis(row.get(5)?),
                score: row.get(6)?,
                reason: row.get(7)?,
            })
        })?
        .collect()
}

/// Has an open conflict refer to another first entry.
pub fn refer(connection: &Connection, id: &str, first: &str) -> rusqlite::Result<()> {
    let change = sequence::next(connection)?;
    connection
        .prepare_cached("UPDATE conflicts SET first_id = ?2, change = ?3 WHERE id = ?1 AND state = 'open'")?
        .execute(params![id, first, change])?;
    Ok(())
}

/// Ends a conflict that is open; a promoted one can still be undone. Changes nothing otherwise.
pub fn end(connection: &Connection, id: &str, ending: Ending, act: &Act<'_>) -> rusqlite::Result<()> {
    let state = match ending {
        Ending::Accepted => "accepted",
        Ending::Undone => "undone",
        Ending::Promoted => "promoted",
    };
    let change = sequence::next(connection)?;
    connection
        .prepare_cached(
            "UPDATE conflicts SET state = ?2, resolved_by = ?3, resolved_at = ?4, resolve_reason = ?5, change = ?6
             WHERE id = ?1 AND (state = 'open' OR (state = 'promoted' AND ?2 = 'undone'))",
        )?
        .execute(params![id, state, act.device.as_str(), act.at.0, act.reason, change])?;
    Ok(())
}

/// Whether there is a conflict of this id.
pub fn exists(connection: &Connection, id: &str) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM conflicts WHERE id = ?1")?.exists([id])
}

/// Marks all conflicts as changed, each with a number of its own.
pub fn touch_all(connection: &Connection) -> rusqlite::Result<()> {
    let highest: i64 =
        connection.query_row("SELECT coalesce(max(rowid), 0) FROM conflicts", [], |row| row.get(0))?;
    let last = sequence::reserve(connection, highest)?;
    connection.execute("UPDATE conflicts SET change = ?1 + rowid", [last - highest])?;
    Ok(())
}

/// Up to `limit` changes after `since`, oldest first, each with its number.
pub fn changes(
    connection: &Connection,
    event: &str,
    since: i64,
    limit: usize,
) -> rusqlite::Result<Vec<(i64, ConflictRecord)>> {
    connection
        .prepare_cached(
            // CROSS JOIN is SQLite's way to say: in this order, so that a page reads no more than its own rows.
            "SELECT k.change, k.attendee_id, k.state, r.name, k.resolved_at,
                 f.id, f.at, coalesce(fg.name, f.gate), f.method, fd.name,
                 k.id, k.at, coalesce(sg.name, k.gate), k.method, sd.name
             FROM conflicts k
             CROSS JOIN check_ins f ON f.id = k.first_id
             CROSS JOIN entries fe ON fe.id = k.first_id
             CROSS JOIN devices fd ON fd.id = fe.device_id
             CROSS JOIN entries se ON se.id = k.id
             CROSS JOIN devices sd ON sd.id = se.device_id
             LEFT JOIN gates fg ON fg.id = f.gate
             LEFT JOIN gates sg ON sg.id = k.gate
             LEFT JOIN devices r ON r.id = k.resolved_by
             WHERE k.event_id = ?1 AND k.change > ?2 ORDER BY k.change LIMIT ?3",
        )?
        .query_map(params![event, since, limit as i64], change)?
        .collect()
}

/// Number of the last change; 0 if there is none.
pub fn head(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT coalesce(max(change), 0) FROM conflicts")?
        .query_row([], |row| row.get(0))
}

fn change(row: &Row<'_>) -> rusqlite::Result<(i64, ConflictRecord)> {
    let record = ConflictRecord {
        attendee_id: row.get(1)?,
        first: side(row, 5)?,
        second: side(row, 10)?,
        state: state(row.get_ref(2)?.as_str()?),
        resolved_by: row.get(3)?,
        resolved_at: row.get::<_, Option<i64>>(4)?.map(|at| rfc3339(UtcMillis(at))),
    };
    Ok((row.get(0)?, record))
}

fn side(row: &Row<'_>, from: usize) -> rusqlite::Result<ConflictEntryRecord> {
    Ok(ConflictEntryRecord {
        id: row.get(from)?,
        at: rfc3339(UtcMillis(row.get(from + 1)?)),
        gate: row.get(from + 2)?,
        method: row.get(from + 3)?,
        device: row.get(from + 4)?,
    })
}

fn state(text: &str) -> ConflictStateRecord {
    match text {
        "accepted" => ConflictStateRecord::Accepted,
        "undone" => ConflictStateRecord::Undone,
        "promoted" => ConflictStateRecord::Promoted,
        // The table admits no other text; if it ever did, somebody should look at the guest.
        _ => ConflictStateRecord::Open,
    }
}
