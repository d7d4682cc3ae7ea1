//! Table `erasure_confirmations`: when each kiosk was first known to have applied an erasure.

use std::collections::BTreeMap;

use portico_types::{DeviceId, UtcMillis};
use rusqlite::{Connection, params};

pub const CREATE: &str = "
CREATE TABLE erasure_confirmations (
    change INTEGER NOT NULL REFERENCES erasures (change),
    device_id TEXT NOT NULL REFERENCES devices (id),
    confirmed_at INTEGER NOT NULL,
    PRIMARY KEY (change, device_id)
) STRICT, WITHOUT ROWID;";

/// When, by number of the erasure and id of the device.
pub type Confirmations = BTreeMap<(i64, String), UtcMillis>;

/// Notes that a device has applied all erasures after number `after` and up to `upto`. Erasures from before its pairing
/// are none of its business: it was never told of those templates.
pub fn insert(
    connection: &Connection,
    device: &DeviceId,
    after: i64,
    upto: i64,
    now: UtcMillis,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO erasure_confirmations (change, device_id, confirmed_at)
             SELECT e.change, d.id, ?4 FROM erasures e JOIN devices d ON d.id = ?1
             WHERE e.change > ?2 AND e.change <= ?3 AND e.erased_at >= d.paired_at
             ON CONFLICT (change, device_id) DO NOTHING",
        )?
        .execute(params![device.as_str(), after, upto, now.0])?;
    Ok(())
}

/// All confirmations of erasures from number `first` on.
pub fn from(connection: &Connection, first: i64) -> rusqlite::Result<Confirmations> {
    connection
        .prepare_cached(
            "SELECT change, device_id, confirmed_at FROM erasure_confirmations WHERE change >= ?1",
        )?
        .query_map([first], |row| Ok(((row.get(0)?, row.get(1)?), UtcMillis(row.get(2)?))))?
        .collect()
}
