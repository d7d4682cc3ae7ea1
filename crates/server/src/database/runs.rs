//! Table `runs`: openings of the database by processes that write or issue cursors, so that a database that was restored
//! from a backup can tell its own history from the one that was lost.
//!
//! Before its first change and before its first cursor, every process writes a row with a fresh random id and the last
//! change number before it. A cursor is issued under the *newest* run, read in the same transaction as the change number
//! `n` it carries, whichever process issues it. Such a cursor is honoured if its run is in the table and `n` is at most
//! the number at which the next run began (the head, if there is none). The argument:
//!
//! - *Every honest cursor is honoured.* When it was issued, its run was the newest and `n` at most the head. The next run
//!   notes the head of its own beginning, which is not smaller.
//! - *Another database* has drawn other ids: its runs are unknown here.
//! - *A restored backup.* Let the backup end at head `b` with newest run `R`. Whatever process is first to write to the
//!   restored file, the server or a command, begins a fresh run at `b` in the same transaction. A cursor of the lost
//!   history, issued after the backup, names `R` or a later run. A later run is unknown here. If it names `R`, then
//!   `n > b` means changes that this database never had, and `b` is where `R` ends here, now as the head and later as
//!   the beginning of the next run: refused, however far the head grows. `n <= b` names changes that both histories
//!   share: rightly honoured.
//!
//! This asks that the server is stopped while a backup is put in its place, as `SQLite` asks anyway.

use rusqlite::{Connection, OptionalExtension as _};

pub const CREATE: &str = "
CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    began_after INTEGER NOT NULL
) STRICT;";

/// Begins a run; false if the id has been used before.
pub fn begin(connection: &Connection, id: &str) -> rusqlite::Result<bool> {
    let begun = connection.execute(
        "INSERT INTO runs (id, began_after) SELECT ?1, value FROM sequence WHERE true ON CONFLICT (id) DO NOTHING",
        [id],
    )?;
    Ok(begun == 1)
}

/// The newest run's id; empty before the first run.
pub fn newest(connection: &Connection) -> rusqlite::Result<String> {
    let id = connection
        .prepare_cached("SELECT id FROM runs ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(id.unwrap_or_default())
}

/// The last change number that a cursor issued under this run can carry; `None` if there is no such run.
pub fn end(connection: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached(
            "SELECT coalesce(
                 (SELECT n.began_after FROM runs n WHERE n.number > r.number ORDER BY n.number LIMIT 1),
                 (SELECT value FROM sequence))
             FROM runs r WHERE r.id = ?1",
        )?
        .query_row([id], |row| row.get(0))
        .optional()
}
