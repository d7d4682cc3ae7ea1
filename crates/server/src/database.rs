//! The server's `SQLite` file: opening, settings, migrations and transactions.
//!
//! One connection behind a lock is the one writer and the one reader. What is in which table is the business of the
//! files beneath, one per table. The file is plain `SQLite`: the server runs on the operator's own machine, whose disk
//! encryption covers it together with its backups, and a key beside the file would add nothing.

pub mod attendees;
pub mod check_ins;
pub mod devices;
pub mod entries;
pub mod event;
pub mod gates;
pub mod pairing_codes;
pub mod sequence;
pub mod templates;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// Marks the file as ours (`PORT`), so that a mistyped path does not grow our tables in another program's database.
const APPLICATION_ID: i32 = 0x504F_5254;

/// Each entry takes the schema one version further. Released entries never change.
const MIGRATIONS: &[&[&str]] = &[&[
    sequence::CREATE,
    event::CREATE,
    gates::CREATE,
    attendees::CREATE,
    templates::CREATE,
    devices::CREATE,
    pairing_codes::CREATE,
    entries::CREATE,
    check_ins::CREATE,
]];

/// How long to wait for another process, such as an import, to finish its write.
const BUSY_WAIT: Duration = Duration::from_secs(5);

/// Why the database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// `SQLite` refuses the file.
    #[error("cannot open the database {path}: {source}; check the path and its permissions")]
    Open {
        /// Which file.
        path: PathBuf,
        /// What `SQLite` says.
        source: rusqlite::Error,
    },
    /// The file is a database of another program.
    #[error(
        "{0} is a database of another program; give the path of a Portico server database or of a new file"
    )]
    Foreign(PathBuf),
    /// A newer release has written it.
    #[error("{path} has schema version {found}, this release knows {known}; use the newer release")]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// Ours.
        known: i64,
    },
}

/// The open database.
#[derive(Debug)]
pub struct Database {
    connection: Mutex<Connection>,
}

impl Database {
    /// Opens or makes the file and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self, DatabaseError> {
        let fail = |source| DatabaseError::Open { path: path.to_owned(), source };
        let mut connection = Connection::open(path).map_err(fail)?;
        configure(&connection).map_err(fail)?;
        let (version, application, tables) = identity(&connection).map_err(fail)?;
        let known = MIGRATIONS.len() as i64;
        if application != APPLICATION_ID && tables > 0 {
            return Err(DatabaseError::Foreign(path.to_owned()));
        }
        if version > known {
            return Err(DatabaseError::Newer { path: path.to_owned(), found: version, known });
        }
        migrate(&mut connection).map_err(fail)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// Runs `work` in one transaction, which is on disk when this returns `Ok` and undone when it returns an error.
    pub fn write<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }

    /// Runs `work` on one consistent state of the database.
    pub fn read<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        work(&transaction)
    }

    /// Moves the write-ahead log into the file and empties it: erased rows, overwritten in the file by
    /// `secure_delete`, are then gone from the log too.
    pub fn empty_log(&self) -> rusqlite::Result<()> {
        self.lock().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic within a transaction rolls it back while unwinding, so the connection stays usable.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(64);
    // FULL rather than NORMAL: with NORMAL, a power cut loses check-ins that were already acknowledged.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = EXTRA;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA cell_size_check = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA wal_autocheckpoint = 200;
         PRAGMA journal_size_limit = 4194304;",
    )
}

fn identity(connection: &Connection) -> rusqlite::Result<(i64, i32, i64)> {
    let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let application = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok((version, application, tables))
}

fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again under the write lock: another process may have migrated the file meanwhile.
    let version: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for statements in MIGRATIONS.iter().skip(version.max(0) as usize) {
        for statement in *statements {
            transaction.execute_batch(statement)?;
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
    transaction.commit()?;
    connection.execute_batch("PRAGMA synchronous = FULL")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_twice_keeps_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.db");
        let database = Database::open(&path).unwrap();
        let first = database.write(|tx| sequence::next(tx)).unwrap();
        drop(database);
        let database = Database::open(&path).unwrap();
        assert_eq!(database.write(|tx| sequence::next(tx)).unwrap(), first + 1);
    }

    #[test]
    fn a_failed_transaction_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&folder.path().join("server.db")).unwrap();
        let before = database.read(sequence::head).unwrap();
        let failed: rusqlite::Result<()> = database.write(|tx| {
            sequence::next(tx)?;
            Err(rusqlite::Error::QueryReturnedNoRows)
        });
        assert!(failed.is_err());
        assert_eq!(database.read(sequence::head).unwrap(), before);
    }

    #[test]
    fn the_database_of_another_program_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
        assert!(matches!(Database::open(&path), Err(DatabaseError::Foreign(_))));
    }

    #[test]
    fn a_file_of_a_newer_release_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.db");
        drop(Database::open(&path).unwrap());
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(Database::open(&path), Err(DatabaseError::Newer { found: 99, .. })));
    }

    #[test]
    fn a_committed_write_survives_a_power_cut() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&folder.path().join("server.db")).unwrap();
        let level: i64 = database.lock().query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
        assert_eq!(level, 2, "only FULL (2) keeps acknowledged check-ins through a power cut");
    }
}
