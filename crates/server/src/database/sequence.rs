//! The one counter that numbers all changes, so that a cursor is a single number.

use rusqlite::Connection;

pub const CREATE: &str = "
CREATE TABLE sequence (
    slot INTEGER PRIMARY KEY CHECK (slot = 1),
    value INTEGER NOT NULL
) STRICT;
INSERT INTO sequence (slot, value) VALUES (1, 0);";

/// The next number.
pub fn next(connection: &Connection) -> rusqlite::Result<i64> {
    reserve(connection, 1)
}

/// Reserves `count` numbers and returns the last of them.
pub fn reserve(connection: &Connection, count: i64) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("UPDATE sequence SET value = value + ?1 RETURNING value")?
        .query_row([count], |row| row.get(0))
}

/// The last number given out.
pub fn head(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT value FROM sequence")?.query_row([], |row| row.get(0))
}
