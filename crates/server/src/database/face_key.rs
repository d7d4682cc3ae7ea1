//! Table `face_key`: the one key with which this server seals faces into tickets. Without it no ticket opens any more.

use portico_protocol::FaceKey;
use portico_types::UtcMillis;
use rusqlite::{Connection, OptionalExtension as _, params};
use zeroize::Zeroizing;

pub const CREATE: &str = "
CREATE TABLE face_key (
    slot INTEGER PRIMARY KEY CHECK (slot = 1),
    secret BLOB NOT NULL CHECK (length(secret) = 32),
    made_at INTEGER NOT NULL
) STRICT;";

/// The key, once one is made.
pub fn get(connection: &Connection) -> rusqlite::Result<Option<FaceKey>> {
    connection
        .prepare_cached("SELECT secret FROM face_key")?
        .query_row([], |row| row.get(0).map(FaceKey::new))
        .optional()
}

/// Keeps a key of these bytes unless there is one already; whether it is kept.
pub fn keep(connection: &Connection, secret: &Zeroizing<[u8; 32]>, now: UtcMillis) -> rusqlite::Result<bool> {
    let kept = connection.execute(
        "INSERT INTO face_key (slot, secret, made_at) VALUES (1, ?1, ?2) ON CONFLICT (slot) DO NOTHING",
        params![&secret[..], now.0],
    )?;
    Ok(kept == 1)
}

/// Forgets the key; whether there was one.
pub fn remove(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(connection.execute("DELETE FROM face_key", [])? == 1)
}
