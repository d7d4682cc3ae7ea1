//! `attendees`: the roster as the backend last told it, with the backend's mark of each guest's first entry.

use rusqlite::{Connection, OptionalExtension, Row, params};

use portico_types::{Attendee, AttendeeId, FirstEntry, UtcMillis};

use crate::codec::Named;
use crate::migrations::Migration;
use crate::{RosterCounts, StoreError, search};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        // A small row number of our own keeps the search index small.
        sql: "CREATE TABLE attendees (
        row             INTEGER PRIMARY KEY,
        id              TEXT NOT NULL UNIQUE,
        name            TEXT NOT NULL,
        company         TEXT,
        ticket_code     TEXT NOT NULL,
        ticket_key      TEXT NOT NULL,
        phone_last4     TEXT,
        note            TEXT,
        checked_in_at   INTEGER,
        checked_in_gate TEXT
    ) STRICT;
    CREATE INDEX attendees_by_ticket ON attendees (ticket_key);",
    },
    Migration {
        version: 2,
        // In which reading of the feed the backend last told this row.
        sql: "ALTER TABLE attendees ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;",
    },
];

const COLUMNS: &str = "id, name, company, ticket_code, phone_last4, note, checked_in_at, checked_in_gate";

fn read(row: &Row<'_>) -> rusqlite::Result<Attendee> {
    Ok(Attendee {
        id: row.get::<_, Named<_>>(0)?.0,
        name: row.get(1)?,
        company: row.get(2)?,
        ticket_code: row.get(3)?,
        phone_last4: row.get(4)?,
        note: row.get(5)?,
        checked_in_at: row.get::<_, Option<i64>>(6)?.map(UtcMillis),
        checked_in_gate: row.get(7)?,
    })
}

/// Writes an attendee over what was known, and returns the row's number.
pub(crate) fn put(connection: &Connection, attendee: &Attendee, generation: i64) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO attendees (id, name, company, ticket_code, ticket_key, phone_last4, note,
             checked_in_at, checked_in_gate, generation)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (id) DO UPDATE SET
             name = excluded.name, company = excluded.company, ticket_code = excluded.ticket_code,
             ticket_key = excluded.ticket_key, phone_last4 = excluded.phone_last4, note = excluded.note,
             checked_in_at = excluded.checked_in_at, checked_in_gate = excluded.checked_in_gate,
             generation = excluded.generation
         RETURNING row",
    )?;
    let row = statement.query_row(
        params![
            Named(&attendee.id),
            attendee.name,
            attendee.company,
            attendee.ticket_code,
            search::ticket_key(&attendee.ticket_code),
            attendee.phone_last4,
            attendee.note,
            attendee.checked_in_at.map(|at| at.0),
            attendee.checked_in_gate,
            generation,
        ],
        |row| row.get(0),
    )?;
    Ok(row)
}

/// Notes that the backend has told this row again, unchanged.
pub(crate) fn touch(connection: &Connection, id: &AttendeeId, generation: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE attendees SET generation = ?2 WHERE id = ?1")?
        .execute(params![Named(id), generation])?;
    Ok(())
}

/// The guests whom the backend has not told since `generation` began.
pub(crate) fn before(connection: &Connection, generation: i64) -> Result<Vec<AttendeeId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM attendees WHERE generation < ?1")?;
    let ids = statement.query_map([generation], |row| Ok(row.get::<_, Named<_>>(0)?.0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

pub(crate) fn find(connection: &Connection, id: &AttendeeId) -> Result<Option<Attendee>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM attendees WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([Named(id)], read).optional()?)
}

/// The numbers of all rows.
pub(crate) fn rows(connection: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare("SELECT row FROM attendees")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn at_row(connection: &Connection, row: i64) -> Result<Option<Attendee>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM attendees WHERE row = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([row], read).optional()?)
}

/// The guests with this folded ticket code; two at most, enough to tell that a code is not unique.
pub(crate) fn with_ticket(connection: &Connection, key: &str) -> Result<Vec<Attendee>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM attendees WHERE ticket_key = ?1 LIMIT 2");
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_map([key], read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Sets or clears the mark of the first entry.
pub(crate) fn set_mark(
    connection: &Connection,
    id: &AttendeeId,
    entry: Option<&FirstEntry>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE attendees SET checked_in_at = ?2, checked_in_gate = ?3 WHERE id = ?1")?
        .execute(params![
            Named(id),
            entry.map(|entry| entry.at.0),
            entry.and_then(|entry| entry.gate.as_deref())
        ])?;
    Ok(())
}

pub(crate) fn remove(connection: &Connection, id: &AttendeeId) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM attendees WHERE id = ?1")?.execute([Named(id)])?;
    Ok(())
}

pub(crate) fn remove_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM attendees", [])?;
    Ok(())
}

pub(crate) fn counts(connection: &Connection) -> Result<RosterCounts, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*), count(CASE WHEN a.checked_in_at IS NOT NULL OR EXISTS
             (SELECT 1 FROM check_ins c WHERE c.attendee = a.id AND c.standing = 'live') THEN 1 END)
         FROM attendees a",
    )?;
    let (expected, entered): (i64, i64) = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(RosterCounts { expected: expected.cast_unsigned(), entered: entered.cast_unsigned() })
}

/// The newest generation in which a row was told; 0 without rows. Counted from the rows, for a damaged database may have
/// lost the number itself.
pub(crate) fn newest_generation(connection: &Connection) -> Result<i64, StoreError> {
    let newest = connection
        .query_row("SELECT max(generation) FROM attendees", [], |row| row.get::<_, Option<i64>>(0))?;
    Ok(newest.unwrap_or(0))
}

/// Who is in, when they came and by which gate: their newest entry made here, or the backend's mark if that is newer.
const ENTERED: &str = "WITH here AS (
        SELECT attendee, gate_name, max(at) AS at FROM check_ins WHERE standing = 'live' GROUP BY attendee
    ), entered AS (
        SELECT iif(h.at IS NULL OR a.checked_in_at > h.at, a.checked_in_at, h.at) AS at,
            iif(h.at IS NULL OR a.checked_in_at > h.at, a.checked_in_gate, h.gate_name) AS gate
        FROM attendees a LEFT JOIN here h ON h.attendee = a.id
        WHERE a.checked_in_at IS NOT NULL OR h.at IS NOT NULL
    )";

/// Guests who are in, by what the gate is called; the largest first.
pub(crate) fn by_gate(connection: &Connection) -> Result<Vec<(Option<String>, u64)>, StoreError> {
    let sql = format!("{ENTERED} SELECT gate, count(*) FROM entered GROUP BY gate ORDER BY 2 DESC, 1");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Guests who came in by the minute since `since`, oldest first.
pub(crate) fn per_minute(
    connection: &Connection,
    since: UtcMillis,
) -> Result<Vec<(UtcMillis, u64)>, StoreError> {
    let sql = format!(
        "{ENTERED} SELECT at / 60000 * 60000, count(*) FROM entered WHERE at >= ?1 GROUP BY 1 ORDER BY 1"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement
        .query_map([since.0], |row| Ok((UtcMillis(row.get(0)?), row.get::<_, i64>(1)?.cast_unsigned())))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
