//! Table `audit_heads`: where each kiosk's audit stood when it delivered, one row per new head.
//!
//! A kiosk's audit is a chain of hashes: a head stands for every row up to it. Rows that vanish from a kiosk, or are
//! rewritten there, show here as a head that contradicts an earlier one.

use portico_types::{AuditHead, DeviceId, UtcMillis};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

pub const CREATE: &str = "
CREATE TABLE audit_heads (
    number INTEGER PRIMARY KEY,
    device_id TEXT NOT NULL REFERENCES devices (id),
    seq INTEGER NOT NULL CHECK (seq > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    received_at INTEGER NOT NULL,
    contradicts INTEGER NOT NULL CHECK (contradicts IN (0, 1))
) STRICT;
CREATE INDEX audit_heads_by_device ON audit_heads (device_id);
CREATE INDEX audit_heads_by_seq ON audit_heads (device_id, seq);";

/// What a head says of the audit that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The same as last time.
    Unchanged,
    /// The audit has grown.
    Grown,
    /// Rows were rewritten or have vanished since the last head.
    Contradicts,
}

/// A kiosk's audit as the server knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceAudit {
    /// Which device.
    pub device: DeviceId,
    /// What staff call it.
    pub name: String,
    /// The head that came last.
    pub head: AuditHead,
    /// When that head came first.
    pub received_at: UtcMillis,
    /// How often a head contradicted an earlier one.
    pub contradictions: u64,
    /// When that happened last.
    pub last_contradiction_at: Option<UtcMillis>,
}

/// Keeps a head unless it is the one that came last, and tells how it fits to those before.
pub fn note(
    connection: &Connection,
    device: &DeviceId,
    head: &AuditHead,
    now: UtcMillis,
) -> rusqlite::Result<Standing> {
    let last: Option<AuditHead> = connection
        .prepare_cached(
            "SELECT seq, hash FROM audit_heads WHERE device_id = ?1 ORDER BY number DESC LIMIT 1",
        )?
        .query_row([device.as_str()], |row| Ok(AuditHead { seq: row.get(0)?, hash: row.get(1)? }))
        .optional()?;
    if last == Some(*head) {
        return Ok(Standing::Unchanged);
    }
    let shrunk = last.is_some_and(|last| head.seq < last.seq);
    let rewritten = connection
        .prepare_cached("SELECT 1 FROM audit_heads WHERE device_id = ?1 AND seq = ?2 AND hash <> ?3")?
        .exists(params![device.as_str(), head.seq, head.hash])?;
    let contradicts = shrunk || rewritten;
    connection
        .prepare_cached(
            "INSERT INTO audit_heads (device_id, seq, hash, received_at, contradicts)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![device.as_str(), head.seq, head.hash, now.0, contradicts])?;
    Ok(if contradicts { Standing::Contradicts } else { Standing::Grown })
}

/// The audit of every device that ever told its head, in the order in which the devices were paired.
pub fn by_device(connection: &Connection) -> rusqlite::Result<Vec<DeviceAudit>> {
    connection
        .prepare_cached(
            "SELECT h.device_id, d.name, h.seq, h.hash, h.received_at,
                 (SELECT count(*) FROM audit_heads c WHERE c.device_id = h.device_id AND c.contradicts = 1),
                 (SELECT max(received_at) FROM audit_heads c WHERE c.device_id = h.device_id AND c.contradicts = 1)
             FROM audit_heads h JOIN devices d ON d.id = h.device_id
             WHERE h.number = (SELECT max(number) FROM audit_heads l WHERE l.device_id = h.device_id)
             ORDER BY d.paired_at, d.id",
        )?
        .query_map([], read)?
        .collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<DeviceAudit> {
    Ok(DeviceAudit {
        device: DeviceId::new(row.get::<_, String>(0)?),
        name: row.get(1)?,
        head: AuditHead { seq: row.get(2)?, hash: row.get(3)? },
        received_at: UtcMillis(row.get(4)?),
        contradictions: row.get::<_, i64>(5)? as u64,
        last_contradiction_at: row.get::<_, Option<i64>>(6)?.map(UtcMillis),
    })
}
