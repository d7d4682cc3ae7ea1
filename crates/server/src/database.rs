//! The server's `SQLite` file: opening, settings, migrations and transactions.
//!
//! One connection behind a lock is the one writer and the one reader. What is in which table is the business of the
//! files beneath, one per table. The file is plain `SQLite`: the server runs on the operator's own machine, whose disk
//! encryption covers it together with its backups, and a key beside the file would add nothing.

pub mod attendees;
pub mod audit_heads;
pub mod check_ins;
pub mod conflicts;
pub mod devices;
pub mod door_log;
pub mod entries;
pub mod erasure_confirmations;
pub mod erasures;
pub mod event;
pub mod face_key;
pub mod gallery_applied;
pub mod gates;
pub mod log_due;
pub mod pairing_codes;
pub mod report_key;
pub mod runs;
pub mod sequence;
pub mod templates;
pub mod ticket_key;
pub mod withdrawals;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::random::{Random, hex};

/// Marks the file as ours (`PORT`), so that a mistyped path does not grow our tables in another program's database.
const APPLICATION_ID: i32 = 0x504F_5254;

/// Each entry takes the schema one version further. Released entries never change.
const MIGRATIONS: &[&[&str]] = &[
    &[
        sequence::CREATE,
        event::CREATE,
        gates::CREATE,
        attendees::CREATE,
        templates::CREATE,
        devices::CREATE,
        pairing_codes::CREATE,
        entries::CREATE,
        check_ins::CREATE,
    ],
    &[event::ADD_ENTRY_RULE, entries::ADD_FIRST_METHOD, check_ins::ADD_SLOT, conflicts::CREATE, runs::CREATE],
    &[
        audit_heads::CREATE,
        erasures::CREATE,
        erasure_confirmations::CREATE,
        gallery_applied::CREATE,
        report_key::CREATE,
    ],
    &[event::ADD_SPOOF_RULES],
    &[check_ins::ADD_METHODS, conflicts::ADD_METHODS],
    &[devices::ADD_RIGHT, pairing_codes::ADD_RIGHT],
    &[event::ADD_TICKET_RULE, ticket_key::CREATE],
    &[event::ADD_LOOKS],
    &[event::ADD_FACE_ENROLMENT],
    &[event::ADD_FACE_TICKETS, face_key::CREATE],
    &[withdrawals::CREATE],
    &[log_due::CREATE],
];

/// How long to wait for another process, such as an import, to finish its write.
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// How long to wait for readers of the write-ahead log. Short, since all callers wait too: our own reads take
/// milliseconds, and what another process holds on to is tried again.
const LOG_WAIT: Duration = Duration::from_millis(250);

/// Tries to draw an id that no run has had. A source fit for secrets never needs the second.
const RUN_TRIES: usize = 1_000;

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
    random: Random,
    /// Whether this opening has begun its run. Changed under the lock of the connection only.
    run_begun: AtomicBool,
}

impl Database {
    /// Opens or makes the file and brings its schema up to date. From `random` comes the id of this opening's run.
    pub fn open(path: &Path, random: Random) -> Result<Self, DatabaseError> {
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
        Ok(Self { connection: Mutex::new(connection), random, run_begun: AtomicBool::new(false) })
    }

    /// Runs `work` in one transaction, which is on disk when this returns `Ok` and undone when it returns an error. The
    /// first one begins this opening's run: no change is ever written by a process that has none (see `runs`).
    pub fn write<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !self.run_begun.load(Ordering::Relaxed) {
            begin_run(&transaction, &self.random)?;
        }
        let result = work(&transaction)?;
        transaction.commit()?;
        self.run_begun.store(true, Ordering::Relaxed);
        Ok(result)
    }

    /// Begins this opening's run, if no write has done so yet: cursors are issued under a run.
    pub fn begin_run(&self) -> rusqlite::Result<()> {
        if self.run_begun.load(Ordering::Relaxed) { Ok(()) } else { self.write(|_| Ok(())) }
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
    /// `secure_delete`, are then gone from the log too. False if another process kept the log in use all the time.
    pub fn empty_log(&self) -> rusqlite::Result<bool> {
        let connection = self.lock();
        connection.busy_timeout(LOG_WAIT)?;
        let emptied = connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map(|busy: bool| !busy);
        connection.busy_timeout(BUSY_WAIT)?;
        emptied
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic within a transaction rolls it back while unwinding, so the connection stays usable.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn begin_run(transaction: &Transaction<'_>, random: &Random) -> rusqlite::Result<()> {
    let fail = |error| rusqlite::Error::ToSqlConversionFailure(Box::new(error));
    for _ in 0..RUN_TRIES {
        let id = hex(&random.bytes::<8>().map_err(fail)?);
        if runs::begin(transaction, &id)? {
            return Ok(());
        }
    }
    Err(fail(std::io::Error::other("no unused run id was drawn")))
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
    use crate::random::counting;

    fn open(path: &Path) -> Result<Database, DatabaseError> {
        Database::open(path, counting())
    }

    #[test]
    fn opening_twice_keeps_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.db");
        let database = open(&path).unwrap();
        let first = database.write(|tx| sequence::next(tx)).unwrap();
        drop(database);
        let database = open(&path).unwrap();
        assert_eq!(database.write(|tx| sequence::next(tx)).unwrap(), first + 1);
    }

    #[test]
    fn a_failed_transaction_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let database = open(&folder.path().join("server.db")).unwrap();
        let before = database.read(sequence::head).unwrap();
        let failed: rusqlite::Result<()> = database.write(|tx| {
            sequence::next(tx)?;
            Err(rusqlite::Error::QueryReturnedNoRows)
        });
        assert!(failed.is_err());
        assert_eq!(database.read(sequence::head).unwrap(), before);
    }

    #[test]
    fn a_process_begins_its_run_with_its_first_write_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.db");
        let without_randomness = Random::new(|_| Err(std::io::Error::other("no entropy")));
        let reader = Database::open(&path, without_randomness).unwrap();
        assert_eq!(reader.read(sequence::head).unwrap(), 0, "reading needs no run");
        assert!(
            reader.write(|tx| sequence::next(tx)).is_err(),
            "writing without one would cover a backup up"
        );
        let writer = open(&path).unwrap();
        let runs = || -> i64 {
            reader.read(|c| c.query_row("SELECT count(*) FROM runs", [], |row| row.get(0))).unwrap()
        };
        let failed: rusqlite::Result<()> = writer.write(|_| Err(rusqlite::Error::QueryReturnedNoRows));
        assert!(failed.is_err());
        assert_eq!(runs(), 0);
        writer.write(|tx| sequence::next(tx)).unwrap();
        writer.write(|tx| sequence::next(tx)).unwrap();
        writer.begin_run().unwrap();
        assert_eq!(runs(), 1);
        open(&path).unwrap().begin_run().unwrap();
        assert_eq!(runs(), 2, "the same bytes are drawn again, but not taken");
    }

    #[test]
    fn the_database_of_another_program_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
        assert!(matches!(open(&path), Err(DatabaseError::Foreign(_))));
    }

    #[test]
    fn a_file_of_a_newer_release_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.db");
        drop(open(&path).unwrap());
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(open(&path), Err(DatabaseError::Newer { found: 99, .. })));
    }

    /// A file of the first release: Ada's entry at the north door, and a duplicate of it.
    fn first_release(path: &Path) {
        let connection = Connection::open(path).unwrap();
        for statement in MIGRATIONS[0] {
            connection.execute_batch(statement).unwrap();
        }
        connection
            .execute_batch(
                "INSERT INTO event VALUES (1, 'e', 'Fair', 'UTC', 'full', 1, 800, '#000000', NULL, 1);
                 INSERT INTO gates VALUES ('north', 'North door', 0);
                 INSERT INTO devices VALUES ('d', 'local', 'Left', 'north', x'00', 0, NULL, 2);
                 INSERT INTO attendees VALUES ('ada', 'Ada', NULL, 'ADA234', NULL, NULL, NULL, 3);
                 INSERT INTO entries VALUES ('one', 'd', 1, 0, NULL, NULL), ('two', 'd', 2, 0, 500, 'North door'),
                     ('three', 'd', 3, 0, 77, 'A door that is gone'), ('four', 'd', 4, 0, NULL, NULL);
                 INSERT INTO check_ins VALUES ('one', 'e', 'ada', 'north', 'face', 500, 0.9, NULL, NULL, NULL);",
            )
            .unwrap();
        connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
    }

    #[test]
    fn a_file_of_the_first_release_keeps_its_entries_and_its_rule() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.db");
        first_release(&path);
        let database = open(&path).unwrap();
        let event = database.read(event::get).unwrap().unwrap();
        assert_eq!(event.policy.entry, portico_protocol::EntryRule::Once);
        let method = |id: &str| match database.read(|c| entries::settled(c, id)).unwrap() {
            Some(entries::Settled::Duplicate(first)) => first.method,
            other => panic!("{id} was a duplicate, not {other:?}"),
        };
        assert_eq!((method("two").as_str(), method("three").as_str()), ("face", "ticket"));
        let again = check_ins::NewCheckIn {
            id: "four",
            event: "e",
            attendee: "ada",
            gate: "south",
            method: "ticket",
            at: portico_types::UtcMillis(900),
            score: None,
            reason: None,
            slot: String::new(),
            apart_ms: 0,
        };
        assert!(!database.write(|tx| check_ins::insert(tx, &again)).unwrap(), "Ada is in already");
        let standing = database.read(|c| check_ins::standing(c, &again)).unwrap().unwrap();
        assert_eq!(standing.id, "one");
        let later = check_ins::NewCheckIn { id: "three", slot: "2".into(), method: "name_and_fact", ..again };
        assert!(database.write(|tx| check_ins::insert(tx, &later)).unwrap(), "a way in that came later");
        let method = |id: &str| -> String {
            database
                .read(|c| c.query_row("SELECT method FROM check_ins WHERE id = ?1", [id], |row| row.get(0)))
                .unwrap()
        };
        assert_eq!((method("one").as_str(), method("three").as_str()), ("face", "name_and_fact"));
        let unknown = check_ins::NewCheckIn { id: "four", slot: "3".into(), method: "guess", ..later };
        assert!(
            database.write(|tx| check_ins::insert(tx, &unknown)).is_err(),
            "the table itself knows the ways in"
        );
    }

    #[test]
    fn a_committed_write_survives_a_power_cut() {
        let folder = tempfile::tempdir().unwrap();
        let database = open(&folder.path().join("server.db")).unwrap();
        let level: i64 = database.lock().query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
        assert_eq!(level, 2, "only FULL (2) keeps acknowledged check-ins through a power cut");
    }
}
