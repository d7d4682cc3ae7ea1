//! Table `gates`: the doors of the event, in the order in which staff list them.

use portico_protocol::GateRecord;
use rusqlite::{Connection, params};

pub const CREATE: &str = "
CREATE TABLE gates (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    position INTEGER NOT NULL UNIQUE
) STRICT;";

/// Replaces all gates.
pub fn replace(connection: &Connection, gates: &[GateRecord]) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM gates", [])?;
    for (position, gate) in gates.iter().enumerate() {
        connection.execute(
            "INSERT INTO gates (id, name, position) VALUES (?1, ?2, ?3)",
            params![gate.id, gate.name, position as i64],
        )?;
    }
    Ok(())
}

/// All gates.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<GateRecord>> {
    connection
        .prepare_cached("SELECT id, name FROM gates ORDER BY position")?
        .query_map([], |row| Ok(GateRecord { id: row.get(0)?, name: row.get(1)? }))?
        .collect()
}
