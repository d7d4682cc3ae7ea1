//! Table `attendees`: the roster. A row without a name is the tombstone of a removed guest.

use portico_protocol::{AttendeeRecord, rfc3339};
use portico_types::UtcMillis;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::sequence;

pub const CREATE: &str = "
CREATE TABLE attendees (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT,
    company TEXT,
    ticket_code TEXT UNIQUE,
    phone_last4 TEXT,
    note TEXT,
    photo TEXT,
    change INTEGER NOT NULL UNIQUE,
    CHECK ((name IS NULL) = (ticket_code IS NULL))
) STRICT;";

/// A guest as the roster file gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Company or group.
    pub company: Option<String>,
    /// The code on the ticket.
    pub ticket_code: String,
    /// Last four digits of the phone.
    pub phone_last4: Option<String>,
    /// A word for the door.
    pub note: Option<String>,
    /// File name of the guest's picture.
    pub photo: Option<String>,
}

/// One row of a delta.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterChange {
    /// Added or changed.
    Put(Box<AttendeeRecord>),
    /// Removed: the id.
    Removed(String),
}

/// Adds a guest or overwrites the one of the same id.
pub fn put(connection: &Connection, guest: &Guest) -> rusqlite::Result<()> {
    let change = sequence::next(connection)?;
    connection
        .prepare_cached(
            "INSERT INTO attendees (id, name, company, ticket_code, phone_last4, note, photo, change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, company = excluded.company,
                 ticket_code = excluded.ticket_code, phone_last4 = excluded.phone_last4, note = excluded.note,
                 photo = excluded.photo, change = excluded.change",
        )?
        .execute(params![
            guest.id,
            guest.name,
            guest.company,
            guest.ticket_code,
            guest.phone_last4,
            guest.note,
            guest.photo,
            change
        ])?;
    Ok(())
}

/// The guest of this id, unless removed.
pub fn get(connection: &Connection, id: &str) -> rusqlite::Result<Option<Guest>> {
    connection
        .prepare_cached(
            "SELECT id, name, company, ticket_code, phone_last4, note, photo FROM attendees
             WHERE id = ?1 AND name IS NOT NULL",
        )?
        .query_row([id], guest)
        .optional()
}

/// Everybody who is not removed, in the order of their ids.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<Guest>> {
    connection
        .prepare_cached(
            "SELECT id, name, company, ticket_code, phone_last4, note, photo FROM attendees
             WHERE name IS NOT NULL ORDER BY id",
        )?
        .query_map([], guest)?
        .collect()
}

/// Whether the guest is on the roster.
pub fn exists(connection: &Connection, id: &str) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM attendees WHERE id = ?1 AND name IS NOT NULL")?.exists([id])
}

/// Whether the id was ever given, also to a guest who was removed.
pub fn is_known(connection: &Connection, id: &str) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM attendees WHERE id = ?1")?.exists([id])
}

/// Whose ticket has this code.
pub fn holder_of(connection: &Connection, ticket_code: &str) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT id FROM attendees WHERE ticket_code = ?1")?
        .query_row([ticket_code], |row| row.get(0))
        .optional()
}

/// Leaves only the id of a guest; false if there is none.
pub fn remove(connection: &Connection, id: &str) -> rusqlite::Result<bool> {
    let change = sequence::next(connection)?;
    let removed = connection.execute(
        "UPDATE attendees SET name = NULL, company = NULL, ticket_code = NULL, phone_last4 = NULL, note = NULL,
             photo = NULL, change = ?2
         WHERE id = ?1 AND name IS NOT NULL",
        params![id, change],
    )?;
    Ok(removed == 1)
}

/// Marks a guest as changed, so that the next delta carries the entry that is kept in another table.
pub fn touch(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    let change = sequence::next(connection)?;
    connection
        .prepare_cached("UPDATE attendees SET change = ?2 WHERE id = ?1")?
        .execute(params![id, change])?;
    Ok(())
}

/// Marks everybody as changed, each with a number of their own.
pub fn touch_all(connection: &Connection) -> rusqlite::Result<()> {
    let highest: i64 =
        connection.query_row("SELECT coalesce(max(rowid), 0) FROM attendees", [], |row| row.get(0))?;
    let last = sequence::reserve(connection, highest)?;
    connection.execute("UPDATE attendees SET change = ?1 + rowid", [last - highest])?;
    Ok(())
}

/// Up to `limit` changes after `since`, oldest first, each with its number. Of several entries of a guest, the newest
/// is shown.
pub fn changes(
    connection: &Connection,
    event: &str,
    since: i64,
    limit: usize,
) -> rusqlite::Result<Vec<(i64, RosterChange)>> {
    connection
        .prepare_cached(
            "SELECT a.change, a.id, a.name, a.company, a.ticket_code, a.phone_last4, a.note, c.at,
                 coalesce(g.name, c.gate)
             FROM attendees a
             LEFT JOIN check_ins c ON c.id = (
                 SELECT n.id FROM check_ins n INDEXED BY one_live_check_in
                 WHERE n.event_id = ?1 AND n.attendee_id = a.id AND n.undone_by IS NULL
                 ORDER BY n.at DESC, n.id DESC LIMIT 1)
             LEFT JOIN gates g ON g.id = c.gate
             WHERE a.change > ?2 ORDER BY a.change LIMIT ?3",
        )?
        .query_map(params![event, since, limit as i64], change)?
        .collect()
}

/// How many guests are on the roster.
pub fn count(connection: &Connection) -> rusqlite::Result<u64> {
    connection.query_row("SELECT count(*) FROM attendees WHERE name IS NOT NULL", [], |row| {
        row.get::<_, i64>(0).map(|n| n as u64)
    })
}

/// Number of the last change; 0 if there is none.
pub fn head(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT coalesce(max(change), 0) FROM attendees")?
        .query_row([], |row| row.get(0))
}

fn guest(row: &Row<'_>) -> rusqlite::Result<Guest> {
    Ok(Guest {
        id: row.get(0)?,
        name: row.get(1)?,
        company: row.get(2)?,
        ticket_code: row.get(3)?,
        phone_last4: row.get(4)?,
        note: row.get(5)?,
        photo: row.get(6)?,
    })
}

fn change(row: &Row<'_>) -> rusqlite::Result<(i64, RosterChange)> {
    let number = row.get(0)?;
    let id: String = row.get(1)?;
    let Some(name) = row.get::<_, Option<String>>(2)? else {
        return Ok((number, RosterChange::Removed(id)));
    };
    let record = AttendeeRecord {
        id,
        name,
        company: row.get(3)?,
        ticket_code: row.get(4)?,
        phone_last4: row.get(5)?,
        note: row.get(6)?,
        checked_in_at: row.get::<_, Option<i64>>(7)?.map(|at| rfc3339(UtcMillis(at))),
        checked_in_gate: row.get(8)?,
    };
    Ok((number, RosterChange::Put(Box::new(record))))
}
