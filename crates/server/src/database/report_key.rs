//! Table `report_key`: the one key with which this server signs its erasure reports.

use portico_types::UtcMillis;
use rusqlite::{Connection, OptionalExtension as _, params};

pub const CREATE: &str = "
CREATE TABLE report_key (
    slot INTEGER PRIMARY KEY CHECK (slot = 1),
    secret BLOB NOT NULL CHECK (length(secret) = 32),
    made_at INTEGER NOT NULL
) STRICT;";

/// The key's 32 secret bytes, once one is made.
pub fn get(connection: &Connection) -> rusqlite::Result<Option<[u8; 32]>> {
    connection.query_row("SELECT secret FROM report_key", [], |row| row.get(0)).optional()
}

/// Keeps `secret` as the key unless there is one already, and returns the one that is kept.
pub fn keep(connection: &Connection, secret: &[u8; 32], now: UtcMillis) -> rusqlite::Result<[u8; 32]> {
    connection.execute(
        "INSERT INTO report_key (slot, secret, made_at) VALUES (1, ?1, ?2) ON CONFLICT (slot) DO NOTHING",
        params![secret, now.0],
    )?;
    connection.query_row("SELECT secret FROM report_key", [], |row| row.get(0))
}
