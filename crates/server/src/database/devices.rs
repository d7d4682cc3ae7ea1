//! Table `devices`: paired kiosks and the hashes of their tokens.

use portico_types::{DeviceId, UtcMillis};
use rusqlite::{Connection, OptionalExtension as _, params};

pub const CREATE: &str = "
CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('paired', 'local')),
    name TEXT NOT NULL,
    gate TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    paired_at INTEGER NOT NULL,
    revoked_at INTEGER,
    change INTEGER NOT NULL UNIQUE
) STRICT;
CREATE UNIQUE INDEX one_local_device ON devices (name) WHERE kind = 'local' AND revoked_at IS NULL;";

/// Whether a paired device may administer; the kiosk that runs this server always may.
pub const ADD_RIGHT: &str = "ALTER TABLE devices ADD COLUMN may_administer INTEGER NOT NULL DEFAULT 0 CHECK (may_administer IN (0, 1));";

/// How a device came by its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceKind {
    /// By a pairing code.
    Paired,
    /// It runs this server inside its own process.
    Local,
}

/// A device to be written.
#[derive(Debug)]
pub struct NewDevice<'a> {
    /// Its id.
    pub id: &'a str,
    /// How it came by its token.
    pub kind: DeviceKind,
    /// What staff call it.
    pub name: &'a str,
    /// Where it stands.
    pub gate: &'a str,
    /// SHA-256 of its token.
    pub token_hash: &'a [u8; 32],
    /// Now.
    pub paired_at: UtcMillis,
    /// Whether it may import, export and the like.
    pub may_administer: bool,
}

/// A device as staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceSummary {
    /// Its id.
    pub id: DeviceId,
    /// What staff call it.
    pub name: String,
    /// Where it stands.
    pub gate: String,
    /// Whether its access has ended.
    pub revoked: bool,
    /// Whether it may import, export and the like.
    pub may_administer: bool,
}

/// Whom a token belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenOwner {
    /// A device in good standing.
    Device(DeviceId),
    /// A device that staff have revoked.
    Revoked,
    /// Nobody.
    Nobody,
}

/// Adds a device.
pub fn insert(connection: &Connection, device: &NewDevice<'_>, change: i64) -> rusqlite::Result<()> {
    let kind = match device.kind {
        DeviceKind::Paired => "paired",
        DeviceKind::Local => "local",
    };
    connection.execute(
        "INSERT INTO devices (id, kind, name, gate, token_hash, paired_at, change, may_administer)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            device.id,
            kind,
            device.name,
            device.gate,
            device.token_hash,
            device.paired_at.0,
            change,
            device.may_administer
        ],
    )?;
    Ok(())
}

/// Gives the local device called `name` a new token and gate; its id, if there is such a device.
pub fn renew_local(
    connection: &Connection,
    name: &str,
    gate: &str,
    token_hash: &[u8; 32],
) -> rusqlite::Result<Option<String>> {
    connection
        .query_row(
            "UPDATE devices SET gate = ?2, token_hash = ?3
             WHERE kind = 'local' AND name = ?1 AND revoked_at IS NULL RETURNING id",
            params![name, gate, token_hash],
            |row| row.get(0),
        )
        .optional()
}

/// Whom a token with this hash belongs to.
pub fn owner(connection: &Connection, token_hash: &[u8; 32]) -> rusqlite::Result<TokenOwner> {
    let found: Option<(String, Option<i64>)> = connection
        .prepare_cached("SELECT id, revoked_at FROM devices WHERE token_hash = ?1")?
        .query_row([token_hash], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match found {
        None => TokenOwner::Nobody,
        Some((_, Some(_))) => TokenOwner::Revoked,
        Some((id, None)) => TokenOwner::Device(DeviceId::new(id)),
    })
}

/// All devices, in the order in which they were paired.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<DeviceSummary>> {
    connection
        .prepare_cached(
            "SELECT id, name, gate, revoked_at IS NOT NULL, kind = 'local' OR may_administer = 1
             FROM devices ORDER BY paired_at, id",
        )?
        .query_map([], |row| {
            Ok(DeviceSummary {
                id: DeviceId::new(row.get::<_, String>(0)?),
                name: row.get(1)?,
                gate: row.get(2)?,
                revoked: row.get(3)?,
                may_administer: row.get(4)?,
            })
        })?
        .collect()
}

/// Whether a device in good standing may administer.
pub fn may_administer(connection: &Connection, id: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM devices WHERE id = ?1 AND revoked_at IS NULL AND (kind = 'local' OR may_administer = 1)",
        )?
        .exists([id])
}

/// Whether there is such a device and it is not revoked.
pub fn in_good_standing(connection: &Connection, id: &str) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM devices WHERE id = ?1 AND revoked_at IS NULL")?.exists([id])
}

/// Revokes a device for good; false if there is none of that id in good standing.
pub fn revoke(connection: &Connection, id: &str, now: UtcMillis, change: i64) -> rusqlite::Result<bool> {
    let revoked = connection.execute(
        "UPDATE devices SET revoked_at = ?2, change = ?3 WHERE id = ?1 AND revoked_at IS NULL",
        params![id, now.0, change],
    )?;
    Ok(revoked == 1)
}

/// Devices revoked after change number `since`, oldest first, each with its change number.
pub fn revoked_since(connection: &Connection, since: i64) -> rusqlite::Result<Vec<(DeviceId, i64)>> {
    connection
        .prepare_cached(
            "SELECT id, change FROM devices WHERE change > ?1 AND revoked_at IS NOT NULL ORDER BY change",
        )?
        .query_map([since], |row| Ok((DeviceId::new(row.get::<_, String>(0)?), row.get(1)?)))?
        .collect()
}
