//! Table `pairing_codes`: hashes of one-use codes.

use portico_types::UtcMillis;
use rusqlite::{Connection, OptionalExtension as _, params};

pub const CREATE: &str = "
CREATE TABLE pairing_codes (
    code_hash BLOB NOT NULL PRIMARY KEY,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;";

/// Whether the device that uses the code may administer.
pub const ADD_RIGHT: &str = "ALTER TABLE pairing_codes ADD COLUMN may_administer INTEGER NOT NULL DEFAULT 0 CHECK (may_administer IN (0, 1));";

/// Adds a code and forgets those that are over.
pub fn insert(
    connection: &Connection,
    code_hash: &[u8; 32],
    expires_at: UtcMillis,
    now: UtcMillis,
    may_administer: bool,
) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM pairing_codes WHERE expires_at <= ?1", [now.0])?;
    connection.execute(
        "INSERT INTO pairing_codes (code_hash, expires_at, may_administer) VALUES (?1, ?2, ?3)",
        params![code_hash, expires_at.0, may_administer],
    )?;
    Ok(())
}

/// Uses a code up, and says whether its device may administer; `None` if it is wrong, used or too old. One statement,
/// so that a code pairs one device only.
pub fn redeem(
    connection: &Connection,
    code_hash: &[u8; 32],
    now: UtcMillis,
) -> rusqlite::Result<Option<bool>> {
    connection
        .query_row(
            "UPDATE pairing_codes SET used_at = ?2 WHERE code_hash = ?1 AND used_at IS NULL AND expires_at > ?2
             RETURNING may_administer",
            params![code_hash, now.0],
            |row| row.get(0),
        )
        .optional()
}
