//! The open database and the one way to change it: a transaction that is all or nothing.

use std::cell::Cell;
use std::path::Path;

use portico_types::UtcMillis;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, Transaction, TransactionBehavior};

use crate::ballast::Ballast;
use crate::opening::{self, Found};
use crate::salvage::{self, Files};
use crate::{DatabaseKey, DiskState, KeyProtection, KeyProvider, SalvageReport, StoreError};

/// The kiosk's database. One thread owns it.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    files: Files,
    /// Kept for reopening after a salvage.
    key: DatabaseKey,
    protection: KeyProtection,
    ballast: Ballast,
    disk_full: bool,
    damaged: Cell<bool>,
    /// Transactions since the log was last folded in.
    commits: u32,
}

/// Transactions after which a rest is worth it: at about six pages each, the log holds some 200 pages by then.
const COMMITS_UNTIL_REST: u32 = 30;

impl Store {
    /// Opens the database at `path`, creating it (and its key) only if there is no file yet. Every page is checked;
    /// damage is an error and leaves all as it is.
    pub fn open(path: &Path, key: &dyn KeyProvider) -> Result<Self, StoreError> {
        let files = Files::of(path);
        salvage::finish_interrupted(&files)?;
        let found = opening::look(&files)?;
        let secret = match found {
            Found::Nothing => key.key_for_new_database()?,
            Found::Something => key.key()?,
        };
        Self::begin(files, found, secret, key.protection())
    }

    /// Opens the database like [`Store::open`]. If it is damaged or does not open with the key that is there, every
    /// readable row moves into a new database, and the old one into `quarantine` beside it, where it stays. `now` names
    /// it; what was set aside more than seven days before goes. A missing key, another program's database and a newer
    /// schema are errors as ever.
    pub fn open_or_salvage(
        path: &Path,
        key: &dyn KeyProvider,
        now: UtcMillis,
    ) -> Result<(Self, Option<SalvageReport>), StoreError> {
        let files = Files::of(path);
        salvage::dispose_of_old(&files, now);
        let cause = match Self::open(path, key) {
            Err(error) if error.is_damage() => error,
            other => return other.map(|store| (store, None)),
        };
        let secret = key.key()?;
        let report = salvage_with_room(&files, &secret, &cause, now)?;
        let store = Self::begin(files, Found::Something, secret, key.protection())?;
        Ok((store, Some(report)))
    }

    /// Does what [`Store::open_or_salvage`] does, in place, for damage that shows while the kiosk runs. On an error the
    /// store answers nothing any more; calling this again, or opening the database again, goes on where it failed.
    pub fn salvage_now(&mut self, now: UtcMillis) -> Result<SalvageReport, StoreError> {
        // The log is evidence: closing must not fold it into the database.
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        self.connection = Connection::open_in_memory()?;
        self.damaged.set(true);
        let key = self.key.duplicate();
        if salvage::is_half_changed_over(&self.files) {
            // An earlier attempt failed after the old database had moved: its draft holds all that could be read.
            salvage::finish_interrupted(&self.files)?;
            *self = Self::begin(self.files.clone(), Found::Something, key, self.protection)?;
            let note = self.last_salvage()?;
            return note
                .map(|note| note.report)
                .ok_or_else(|| StoreError::Damaged("the salvage left no note".into()));
        }
        let cause = StoreError::Damaged("a page did not read while the kiosk ran".to_owned());
        let report = salvage_with_room(&self.files, &key, &cause, now)?;
        *self = Self::begin(self.files.clone(), Found::Something, key, self.protection)?;
        Ok(report)
    }

    fn begin(
        files: Files,
        found: Found,
        key: DatabaseKey,
        protection: KeyProtection,
    ) -> Result<Self, StoreError> {
        if found == Found::Something {
            salvage::examine(&files, &key)?;
        }
        let mut ballast = Ballast::at(files.ballast());
        let connection = match opening::connect(&files.database, found, &key) {
            Err(error) if error.may_be_full() && ballast.drop_off() => {
                opening::connect(&files.database, found, &key)?
            }
            other => other?,
        };
        salvage::refresh_outline(&files, &connection)?;
        ballast.lay();
        if found == Found::Nothing {
            files.sync_directory()?;
        }
        let damaged = Cell::new(false);
        Ok(Self { connection, files, key, protection, ballast, disk_full: false, damaged, commits: 0 })
    }

    /// How well the key in use is kept.
    pub fn key_protection(&self) -> KeyProtection {
        self.protection
    }

    /// How much room the database has.
    pub fn disk(&self) -> DiskState {
        match (self.disk_full, self.ballast.is_in_place()) {
            (true, _) => DiskState::Full,
            (false, false) => DiskState::Low,
            (false, true) => DiskState::Roomy,
        }
    }

    /// Whether a page did not read as it was written since the database was opened. Answers that were read in the
    /// meantime are not to be trusted, nothing can be changed any more, and [`Store::salvage_now`] is due. Costs
    /// nothing to ask.
    pub fn is_damaged(&self) -> bool {
        // SQLCipher bars a connection from writing as soon as a page fails its seal.
        self.damaged.get() || self.connection.is_readonly(MAIN_DB).unwrap_or(true)
    }

    /// Folds the write-ahead log into the database and empties it. Worth doing when the kiosk is idle or closes.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.fold_log()?;
        salvage::refresh_outline(&self.files, &self.connection)?;
        self.ballast.lay();
        Ok(())
    }

    /// Folds the log into the database when enough has gathered in it. To be called while nobody waits: otherwise the
    /// commit that fills the log has to do it, and whoever waits for that one waits several times as long.
    pub fn rest(&mut self) -> Result<(), StoreError> {
        if self.commits < COMMITS_UNTIL_REST {
            return Ok(());
        }
        self.commits = 0;
        self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Folds the log into the database and empties it; `false` if somebody else's reading kept it from that.
    pub(crate) fn fold_log(&mut self) -> Result<bool, StoreError> {
        self.with_ballast(|store| {
            let busy: bool =
                store.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            Ok(!busy)
        })
    }

    /// The database's files.
    pub(crate) fn files(&self) -> &Files {
        &self.files
    }

    /// The key in use.
    pub(crate) fn key(&self) -> &DatabaseKey {
        &self.key
    }

    /// The connection, for reading.
    pub(crate) fn reader(&self) -> &Connection {
        &self.connection
    }

    /// Runs `work` in one transaction and returns its answer only once that is on disk (I2). An error leaves the
    /// database as it was. On a full disk the ballast is given up and `work` runs once more, from the start.
    pub(crate) fn write<T>(
        &mut self,
        work: impl Fn(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with_ballast(|store| {
            let transaction = store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let answer = work(&transaction)?;
            transaction.commit()?;
            store.commits += 1;
            Ok(answer)
        })
    }

    fn with_ballast<T>(
        &mut self,
        mut attempt: impl FnMut(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut outcome = attempt(self);
        if outcome.as_ref().is_err_and(|error| self.is_full(error)) && self.ballast.drop_off() {
            outcome = attempt(self);
        }
        match &outcome {
            Ok(_) => self.disk_full = false,
            Err(error) if self.is_full(error) => {
                self.disk_full = true;
                return Err(StoreError::DiskFull);
            }
            Err(error) if error.is_damage() => self.damaged.set(true),
            Err(_) => {}
        }
        outcome
    }

    fn is_full(&self, error: &StoreError) -> bool {
        matches!(error, StoreError::DiskFull) || (error.may_be_full() && self.ballast.disk_is_full())
    }
}

/// A salvage needs room for a second database: the ballast is given up for it beforehand.
fn salvage_with_room(
    files: &Files,
    key: &DatabaseKey,
    cause: &StoreError,
    now: UtcMillis,
) -> Result<SalvageReport, StoreError> {
    Ballast::at(files.ballast()).drop_off();
    salvage::salvage(files, key, cause, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::meta;
    use crate::{KeyError, MetaKey};

    struct Key;

    impl KeyProvider for Key {
        fn key(&self) -> Result<DatabaseKey, KeyError> {
            Ok(DatabaseKey::new([9; 32]))
        }

        fn protection(&self) -> KeyProtection {
            KeyProtection::File
        }
    }

    #[test]
    fn a_database_that_cannot_grow_says_so_and_keeps_what_it_has() {
        let directory = tempfile::tempdir().unwrap();
        let mut store = Store::open(&directory.path().join("kiosk.db"), &Key).unwrap();
        store.set_meta(MetaKey::Event, "before").unwrap();
        let limit = |store: &Store, pages: i64| {
            store.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
        };
        limit(&store, 1);
        let refused = store.write(|tx| {
            meta::set(tx, "first", "half of the change")?;
            meta::set(tx, "second", &"x".repeat(100_000))
        });
        assert!(matches!(refused, Err(StoreError::DiskFull)), "{refused:?}");
        assert_eq!(store.disk(), DiskState::Full);
        assert_eq!(meta::get(store.reader(), "first").unwrap(), None, "nothing half done");
        assert_eq!(store.meta(MetaKey::Event).unwrap().as_deref(), Some("before"));
        limit(&store, 1_000_000);
        store.set_meta(MetaKey::Event, "after").unwrap();
        assert_eq!(store.disk(), DiskState::Low, "the ballast was given up");
        store.checkpoint().unwrap();
        assert_eq!(store.disk(), DiskState::Roomy);
    }

    #[test]
    fn a_full_disk_costs_the_ballast_and_the_change_is_made_once() {
        let directory = tempfile::tempdir().unwrap();
        let mut store = Store::open(&directory.path().join("kiosk.db"), &Key).unwrap();
        let ballast = store.files.ballast();
        // A disk on which there is room for this only once the ballast is gone.
        let written = store.write(|tx| {
            tx.execute("INSERT INTO blocked_pairs (attendee, confused_with) VALUES ('a', 'b')", [])?;
            if ballast.exists() { Err(StoreError::DiskFull) } else { Ok(()) }
        });
        written.unwrap();
        assert_eq!(store.disk(), DiskState::Low);
        assert_eq!(store.blocked_pairs().unwrap().len(), 1);
        drop(store);
        assert_eq!(Store::open(&directory.path().join("kiosk.db"), &Key).unwrap().disk(), DiskState::Roomy);
    }
}
