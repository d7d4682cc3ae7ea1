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

/// Counts the changes of the gallery since the database was made.
pub(crate) fn gallery_version(connection: &Connection) -> Result<u64, StoreError> {
    let Some(text) = get(connection, GALLERY_VERSION)? else { return Ok(0) };
    text.parse().map_err(|_| StoreError::Damaged("the gallery's version is no number".to_owned()))
}

pub(crate) fn bump_gallery_version(connection: &Connection) -> Result<(), StoreError> {
    let next = gallery_version(connection)? + 1;
    set(connection, GALLERY_VERSION, &next.to_string())
}
