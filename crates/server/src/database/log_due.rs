//! Table `log_due`: whether the write-ahead log is to be emptied of what was removed and was no template, such as names and
//! keys. Written with the removal, so that it is done also when another process reads the log just then.

use rusqlite::{Connection, OptionalExtension as _};

pub const CREATE: &str = "
CREATE TABLE log_due (
    slot INTEGER PRIMARY KEY CHECK (slot = 1),
    change INTEGER NOT NULL
) STRICT;";

/// Asks for the log to be emptied of everything up to number `change`.
pub fn ask(connection: &Connection, change: i64) -> rusqlite::Result<()> {
    connection.execute("INSERT OR REPLACE INTO log_due (slot, change) VALUES (1, ?1)", [change]).map(|_| ())
}

/// Up to which number the log is to be emptied, if it is.
pub fn get(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection.prepare_cached("SELECT change FROM log_due")?.query_row([], |row| row.get(0)).optional()
}

/// Notes that the log is free of everything up to number `change`.
pub fn settle(connection: &Connection, change: i64) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM log_due WHERE change <= ?1", [change]).map(|_| ())
}
