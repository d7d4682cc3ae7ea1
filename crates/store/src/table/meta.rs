//! `meta`: single values by name.

use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::migrations::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    sql: "CREATE TABLE meta (
        name  TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
}];

pub(crate) const ROSTER_CURSOR: &str = "roster_cursor";
pub(crate) const TEMPLATES_CURSOR: &str = "templates_cursor";
pub(crate) const CONFLICTS_CURSOR: &str = "conflicts_cursor";
/// Whether the roster is being read from the start, so that its end shows who is no longer on it.
pub(crate) const ROSTER_REREAD: &str = "roster_reread";
/// The same for the gallery.
pub(crate) const TEMPLATES_REREAD: &str = "templates_reread";
/// Whether the write-ahead log may still hold a template that was erased.
pub(crate) const ERASED_IN_LOG: &str = "erased_in_log";
const STAFF_GUESSES: &str = "staff_guesses_left";
const GENERATION: &str = "generation";
const GALLERY_VERSION: &str = "gallery_version";

pub(crate) fn get(connection: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub(crate) fn set(connection: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?
        .execute(params![name, value])?;
    Ok(())
}

pub(crate) fn clear(connection: &Connection, name: &str) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM meta WHERE name = ?1")?.execute([name])?;
    Ok(())
}

/// Removes every value but the gallery's version, which must never be seen twice.
pub(crate) fn clear_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM meta WHERE name <> ?1", [GALLERY_VERSION])?;
    Ok(())
}

fn number(connection: &Connection, name: &str) -> Result<Option<u64>, StoreError> {
    let Some(text) = get(connection, name)? else { return Ok(None) };
    text.parse().map(Some).map_err(|_| StoreError::Damaged(format!("{name} is no number")))
}

/// Counts how often the feeds were begun anew.
pub(crate) fn generation(connection: &Connection) -> Result<i64, StoreError> {
    Ok(number(connection, GENERATION)?.unwrap_or(0).cast_signed())
}

pub(crate) fn begin_generation_after(connection: &Connection, newest: i64) -> Result<(), StoreError> {
    set(connection, GENERATION, &(generation(connection)?.max(newest) + 1).to_string())
}

/// How many PINs may be guessed before a wait; nothing if none was ever typed.
pub(crate) fn guesses(connection: &Connection) -> Result<Option<u32>, StoreError> {
    Ok(number(connection, STAFF_GUESSES)?.map(|left| u32::try_from(left).unwrap_or(u32::MAX)))
}

pub(crate) fn set_guesses(connection: &Connection, left: u32) -> Result<(), StoreError> {
    set(connection, STAFF_GUESSES, &left.to_string())
}

/// Counts the changes of the gallery since the database was made.
pub(crate) fn gallery_version(connection: &Connection) -> Result<u64, StoreError> {
    Ok(number(connection, GALLERY_VERSION)?.unwrap_or(0))
}

pub(crate) fn bump_gallery_version(connection: &Connection) -> Result<(), StoreError> {
    let next = gallery_version(connection)? + 1;
    set(connection, GALLERY_VERSION, &next.to_string())
}
