//! Table `pairing_codes`: hashes of one-use codes.

use portico_types::UtcMillis;
use rusqlite::{Connection, params};

pub const CREATE: &str = "
CREATE TABLE pairing_codes (
    code_hash BLOB NOT NULL PRIMARY KEY,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;";

/// Adds a code and forgets those that are over.
pub fn insert(
    connection: &Connection,
    code_hash: &[u8; 32],
    expires_at: UtcMillis,
    now: UtcMillis,
) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM pairing_codes WHERE expires_at <= ?1", [now.0])?;
    connection.execute(
        "INSERT INTO pairing_codes (code_hash, expires_at) VALUES (?1, ?2)",
        params![code_hash, expires_at.0],
    )?;
    Ok(())
}

/// Uses a code up; false if it is wrong, used or too old. One statement, so that a code pairs one device only.
pub fn redeem(connection: &Connection, code_hash: &[u8; 32], now: UtcMillis) -> rusqlite::Result<bool> {
    let used = connection.execute(
        "UPDATE pairing_codes SET used_at = ?2 WHERE code_hash = ?1 AND used_at IS NULL AND expires_at > ?2",
        params![code_hash, now.0],
    )?;
    Ok(used == 1)
}
