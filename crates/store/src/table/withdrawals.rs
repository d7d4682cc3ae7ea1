//! `withdrawals`: guests who took their consent to be recognised by face back at this kiosk, and when. Kept after the
//! backend has heard of it: one that was restored from a backup hears it again, and what it still has of them is not
//! taken in.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, params};

use portico_types::{AttendeeId, CheckInId, UtcMillis};

use crate::StoreError;
use crate::codec::Named;
use crate::migrations::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 6,
        sql: "CREATE TABLE withdrawals (
        id       TEXT PRIMARY KEY,
        attendee TEXT NOT NULL,
        at       INTEGER NOT NULL,
        reason   TEXT NOT NULL,
        seq      INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX withdrawals_by_attendee ON withdrawals (attendee, at);",
    },
    Migration {
        version: 7,
        // Made for a backend that was left: the next one has nothing to do with it.
        sql: "ALTER TABLE withdrawals ADD COLUMN left_behind INTEGER NOT NULL DEFAULT 0 CHECK (left_behind IN (0, 1));",
    },
];

/// A withdrawal as it was made.
pub(crate) struct Withdrawal {
    /// The id of its entry in the outbox.
    pub id: CheckInId,
    pub attendee: AttendeeId,
    pub at: UtcMillis,
    pub reason: String,
    /// Its first place in the outbox.
    pub seq: i64,
}

pub(crate) fn insert(connection: &Connection, withdrawal: &Withdrawal) -> Result<(), StoreError> {
    let Withdrawal { id, attendee, at, reason, seq } = withdrawal;
    connection
        .prepare_cached(
            "INSERT INTO withdrawals (id, attendee, at, reason, seq) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![Named(*id), Named(attendee), at.0, reason, seq])?;
    Ok(())
}

pub(crate) fn contains(connection: &Connection, id: CheckInId) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM withdrawals WHERE id = ?1")?.exists([Named(id)])?)
}

/// Whether a consent of this guest, given at `agreed_at`, was taken back here since.
pub(crate) fn cover(
    connection: &Connection,
    attendee: &AttendeeId,
    agreed_at: UtcMillis,
) -> Result<bool, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM withdrawals WHERE attendee = ?1 AND at >= ?2")?;
    Ok(statement.exists(params![Named(attendee), agreed_at.0])?)
}

/// Guests who took back, for the present backend, what it still has of them: it has not heard of it, or it refuses to. Not
/// those who have agreed again since.
pub(crate) fn untold(connection: &Connection) -> Result<BTreeSet<AttendeeId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT attendee FROM withdrawals w
         WHERE left_behind = 0 AND EXISTS (SELECT 1 FROM outbox o WHERE o.id = w.id)
             AND NOT EXISTS (SELECT 1 FROM templates t WHERE t.attendee = w.attendee AND t.consent_at > w.at)",
    )?;
    let rows = statement.query_map([], |row| Ok(row.get::<_, Named<_>>(0)?.0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every withdrawal that the present backend was told and the outbox does not hold any more.
pub(crate) fn told(connection: &Connection) -> Result<Vec<Withdrawal>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT id, attendee, at, reason, seq FROM withdrawals w
         WHERE left_behind = 0 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = w.id)",
    )?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All were made for a backend that is left.
pub(crate) fn leave_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE withdrawals SET left_behind = 1", [])?;
    Ok(())
}

/// The present backend is to hear of this one like of any other.
pub(crate) fn take_along(connection: &Connection, id: CheckInId) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE withdrawals SET left_behind = 0 WHERE id = ?1")?
        .execute([Named(id)])?;
    Ok(())
}

pub(crate) fn remove_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM withdrawals", [])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Withdrawal> {
    Ok(Withdrawal {
        id: row.get::<_, Named<_>>(0)?.0,
        attendee: row.get::<_, Named<_>>(1)?.0,
        at: UtcMillis(row.get(2)?),
        reason: row.get(3)?,
        seq: row.get(4)?,
    })
}
