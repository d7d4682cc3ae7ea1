//! Table `entries`: every entry that a kiosk delivered and that was settled, by its client-made id (I3).
//!
//! Rejected entries are not kept: nothing came of them. What a duplicate was in full is kept with its conflict.

use portico_types::{DeviceId, UtcMillis};
use rusqlite::{Connection, OptionalExtension as _, params};

pub const CREATE: &str = "
CREATE TABLE entries (
    id TEXT NOT NULL PRIMARY KEY,
    device_id TEXT NOT NULL REFERENCES devices (id),
    sequence INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    first_at INTEGER,
    first_gate TEXT,
    CHECK ((first_at IS NULL) = (first_gate IS NULL))
) STRICT;";

/// The method of the first entry, too. Earlier releases kept time and gate only, by which it is found again; where it
/// is not, the ticket is what every guest has.
pub const ADD_FIRST_METHOD: &str = "
ALTER TABLE entries ADD COLUMN first_method TEXT;
UPDATE entries SET first_method = coalesce(
    (SELECT c.method FROM check_ins c LEFT JOIN gates g ON g.id = c.gate
     WHERE c.at = entries.first_at AND coalesce(g.name, c.gate) = entries.first_gate LIMIT 1),
    'ticket')
WHERE first_at IS NOT NULL;";

/// An earlier entry of the same guest, as the door is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// Time at the door.
    pub at: UtcMillis,
    /// The gate as staff call it, or its id if the event no longer lists it.
    pub gate: String,
    /// How the guest was recognised, as on the wire.
    pub method: String,
}

/// What an earlier delivery of an entry came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It was written down.
    Recorded,
    /// The guest had entered before: what was answered then, whatever has become of it since.
    Duplicate(First),
}

/// What an earlier delivery of this entry came to, if there was one.
pub fn settled(connection: &Connection, id: &str) -> rusqlite::Result<Option<Settled>> {
    connection
        .prepare_cached("SELECT first_at, first_gate, first_method FROM entries WHERE id = ?1")?
        .query_row([id], |row| {
            let Some(at) = row.get::<_, Option<i64>>(0)? else { return Ok(Settled::Recorded) };
            Ok(Settled::Duplicate(First { at: UtcMillis(at), gate: row.get(1)?, method: row.get(2)? }))
        })
        .optional()
}

/// Claims the id of an entry; false if another delivery has it already.
pub fn claim(
    connection: &Connection,
    id: &str,
    device: &DeviceId,
    sequence: i64,
    now: UtcMillis,
) -> rusqlite::Result<bool> {
    let claimed = connection
        .prepare_cached(
            "INSERT INTO entries (id, device_id, sequence, received_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![id, device.as_str(), sequence, now.0])?;
    Ok(claimed == 1)
}

/// Notes that the guest of this entry had entered before.
pub fn mark_duplicate(connection: &Connection, id: &str, first: &First) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE entries SET first_at = ?2, first_gate = ?3, first_method = ?4 WHERE id = ?1")?
        .execute(params![id, first.at.0, first.gate, first.method])?;
    Ok(())
}

/// Gives the id of a refused entry back.
pub fn release(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM entries WHERE id = ?1")?.execute([id])?;
    Ok(())
}
