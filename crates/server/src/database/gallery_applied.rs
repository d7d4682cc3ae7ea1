//! Table `gallery_applied`: up to which change each kiosk's copy of the gallery stands, as its cursors say.

use portico_types::{DeviceId, UtcMillis};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

pub const CREATE: &str = "
CREATE TABLE gallery_applied (
    device_id TEXT NOT NULL PRIMARY KEY REFERENCES devices (id),
    change INTEGER NOT NULL,
    applied_at INTEGER,
    reading_to INTEGER
) STRICT;";

/// A kiosk with what it has applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kiosk {
    /// Its device id.
    pub device: String,
    /// What staff call it.
    pub name: String,
    /// When it was paired.
    pub paired_at: UtcMillis,
    /// When its access was ended.
    pub revoked_at: Option<UtcMillis>,
    /// The last change of the gallery that it has applied, and when it said so.
    pub applied: Option<(i64, UtcMillis)>,
}

/// Notes that a kiosk begins to read the gallery from the start, while the last change is `head`. Until it has come that
/// far, its cursors say nothing about what it has forgotten: a full reading does not tell what to forget, and the kiosk
/// drops what it did not see when the reading is complete.
pub fn begin(connection: &Connection, device: &DeviceId, head: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO gallery_applied (device_id, change, reading_to) VALUES (?1, 0, ?2)
             ON CONFLICT (device_id) DO UPDATE SET reading_to = excluded.reading_to",
        )?
        .execute(params![device.as_str(), head])?;
    Ok(())
}

/// The change up to which all that a kiosk had to forget is known to be forgotten; `None` if `change` says nothing new.
pub fn before(connection: &Connection, device: &DeviceId, change: i64) -> rusqlite::Result<Option<i64>> {
    let known: Option<(i64, Option<i64>)> = connection
        .prepare_cached("SELECT change, reading_to FROM gallery_applied WHERE device_id = ?1")?
        .query_row([device.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match known {
        None => Some(0),
        Some((_, Some(reading_to))) if change < reading_to => None,
        Some((applied, None)) if change <= applied => None,
        Some((applied, _)) => Some(applied),
    })
}

/// Notes that a kiosk has applied everything up to `change`.
pub fn advance(
    connection: &Connection,
    device: &DeviceId,
    change: i64,
    now: UtcMillis,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO gallery_applied (device_id, change, applied_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (device_id) DO UPDATE SET change = max(change, excluded.change),
                 applied_at = excluded.applied_at, reading_to = NULL",
        )?
        .execute(params![device.as_str(), change, now.0])?;
    Ok(())
}

/// All kiosks that ever had access, in the order in which they were paired.
pub fn kiosks(connection: &Connection) -> rusqlite::Result<Vec<Kiosk>> {
    connection
        .prepare_cached(
            "SELECT d.id, d.name, d.paired_at, d.revoked_at, a.change, a.applied_at
             FROM devices d LEFT JOIN gallery_applied a ON a.device_id = d.id
             WHERE d.revoked_at IS NULL OR d.revoked_at > d.paired_at ORDER BY d.paired_at, d.id",
        )?
        .query_map([], read)?
        .collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Kiosk> {
    let change: Option<i64> = row.get(4)?;
    let applied_at = row.get::<_, Option<i64>>(5)?.map(UtcMillis);
    Ok(Kiosk {
        device: row.get(0)?,
        name: row.get(1)?,
        paired_at: UtcMillis(row.get(2)?),
        revoked_at: row.get::<_, Option<i64>>(3)?.map(UtcMillis),
        applied: change.zip(applied_at),
    })
}
