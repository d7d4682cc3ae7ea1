//! Table `withdrawals`: who took their consent back, and until which time nothing that they agreed to counts. Written also
//! where nothing was erased: an enrolment that was under way meanwhile must not bring the face back.

use portico_types::UtcMillis;
use rusqlite::{Connection, OptionalExtension as _, params};

/// `at` is the latest withdrawal by the guest's own act, `agreed_at` the latest consent that a device took of a guest who
/// had withdrawn before. What was withdrawn before this table was there is told by the erasures.
pub const CREATE: &str = "
CREATE TABLE withdrawals (
    attendee_id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    agreed_at INTEGER,
    change INTEGER NOT NULL UNIQUE
) STRICT;
INSERT INTO withdrawals (attendee_id, at, agreed_at, change)
    SELECT attendee_id, max(erased_at),
        (SELECT max(agreed_at) FROM templates
         WHERE templates.attendee_id = erasures.attendee_id AND vector IS NOT NULL AND enrolled_by IS NOT NULL),
        max(change)
    FROM erasures WHERE reason = 'withdrawn' GROUP BY attendee_id;";

/// What a guest did about their consent after they had given it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// When they took it back, the latest time.
    pub at: UtcMillis,
    /// When they agreed at a device, the latest time since the first withdrawal.
    pub agreed_at: Option<UtcMillis>,
}

/// Notes that a guest took their consent back at `at`. `change` is the number under which kiosks learn of it.
pub fn note(connection: &Connection, attendee: &str, at: UtcMillis, change: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO withdrawals (attendee_id, at, change) VALUES (?1, ?2, ?3)
             ON CONFLICT (attendee_id) DO UPDATE SET at = max(at, excluded.at), change = excluded.change",
        )?
        .execute(params![attendee, at.0, change])?;
    Ok(())
}

/// Notes that a guest agreed at a device; nothing to note of one who never withdrew.
pub fn note_consent(connection: &Connection, attendee: &str, agreed_at: UtcMillis) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE withdrawals SET agreed_at = max(coalesce(agreed_at, ?2), ?2) WHERE attendee_id = ?1",
        )?
        .execute(params![attendee, agreed_at.0])?;
    Ok(())
}

/// What a guest did, if they ever withdrew.
pub fn of(connection: &Connection, attendee: &str) -> rusqlite::Result<Option<Withdrawal>> {
    connection
        .prepare_cached("SELECT at, agreed_at FROM withdrawals WHERE attendee_id = ?1")?
        .query_row([attendee], |row| {
            let agreed_at = row.get::<_, Option<i64>>(1)?.map(UtcMillis);
            Ok(Withdrawal { at: UtcMillis(row.get(0)?), agreed_at })
        })
        .optional()
}
