//! Table `ticket_key`: the one key with which this server signs its tickets.

use portico_types::UtcMillis;
use rusqlite::{Connection, OptionalExtension as _, params};

pub const CREATE: &str = "
CREATE TABLE ticket_key (
    slot INTEGER PRIMARY KEY CHECK (slot = 1),
    secret BLOB NOT NULL CHECK (length(secret) = 32),
    public TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;";

/// The key's 32 secret bytes, once one is made.
pub fn secret(connection: &Connection) -> rusqlite::Result<Option<[u8; 32]>> {
    connection.prepare_cached("SELECT secret FROM ticket_key")?.query_row([], |row| row.get(0)).optional()
}

/// The public half as kiosks learn it: none before a key is made.
pub fn public(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection.prepare_cached("SELECT public FROM ticket_key")?.query_map([], |row| row.get(0))?.collect()
}

/// Keeps this key unless there is one already; whether it is kept.
pub fn keep(
    connection: &Connection,
    secret: &[u8; 32],
    public: &str,
    now: UtcMillis,
) -> rusqlite::Result<bool> {
    let kept = connection.execute(
        "INSERT INTO ticket_key (slot, secret, public, made_at) VALUES (1, ?1, ?2, ?3)
         ON CONFLICT (slot) DO NOTHING",
        params![secret, public, now.0],
    )?;
    Ok(kept == 1)
}
