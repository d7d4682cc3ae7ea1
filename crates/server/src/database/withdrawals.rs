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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::{attendees, devices, erasures, templates};

    #[test]
    fn what_was_withdrawn_before_there_was_this_table_is_taken_from_the_erasures() {
        let connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "foreign_keys", false).unwrap();
        for create in [attendees::CREATE, devices::CREATE, templates::CREATE, erasures::CREATE] {
            connection.execute_batch(create).unwrap();
        }
        connection
            .execute_batch(
                "INSERT INTO templates VALUES ('t', 'ada', 'm', x'00', 1, 'v', 'en', 900, 'door', 9999, 1),
                     ('u', 'bo', 'm', x'00', 1, 'v', 'en', 900, NULL, 9999, 2);
                 INSERT INTO erasures VALUES ('a', 'ada', 'withdrawn', NULL, 500, 500, 3),
                     ('b', 'ada', 'withdrawn', NULL, 700, 700, 4), ('c', 'bo', 'withdrawn', NULL, 600, 600, 5),
                     ('d', 'cy', 'replaced', NULL, 600, 600, 6);",
            )
            .unwrap();
        connection.execute_batch(CREATE).unwrap();
        let at = |attendee| of(&connection, attendee).unwrap();
        let again = Some(UtcMillis(900));
        assert_eq!(at("ada"), Some(Withdrawal { at: UtcMillis(700), agreed_at: again }), "at the door");
        assert_eq!(at("bo"), Some(Withdrawal { at: UtcMillis(600), agreed_at: None }), "at registration");
        assert_eq!(at("cy"), None);
    }
}
