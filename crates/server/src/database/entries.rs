//! Table `entries`: every entry that a kiosk delivered and that was settled, by its client-made id (I3).
//!
//! Refused entries are not kept: nothing came of them.

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

/// An earlier entry of the same guest: time at the door and the gate's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// Time at the door.
    pub at: UtcMillis,
    /// The gate as staff call it, or its id if the event no longer lists it.
    pub gate: String,
}

/// What an earlier delivery of an entry came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It was written down.
    Recorded,
    /// The guest had entered before.
    Duplicate(First),
}

/// What an earlier delivery of this entry came to, if there was one.
pub fn settled(connection: &Connection, id: &str) -> rusqlite::Result<Option<Settled>> {
    connection
        .prepare_cached("SELECT first_at, first_gate FROM entries WHERE id = ?1")?
        .query_row([id], |row| {
            let at: Option<i64> = row.get(0)?;
            let gate: Option<String> = row.get(1)?;
            Ok(match at.zip(gate) {
                Some((at, gate)) => Settled::Duplicate(First { at: UtcMillis(at), gate }),
                None => Settled::Recorded,
            })
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
    connection.execute(
        "UPDATE entries SET first_at = ?2, first_gate = ?3 WHERE id = ?1",
        params![id, first.at.0, first.gate],
    )?;
    Ok(())
}

/// Gives the id of a refused entry back.
pub fn release(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM entries WHERE id = ?1", [id])?;
    Ok(())
}
