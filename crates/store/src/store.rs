//! The open database and the one way to change it: a transaction that is all or nothing.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::opening::{self, Found};
use crate::{KeyProtection, KeyProvider, StoreError};

/// The kiosk's database. One thread owns it.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    protection: KeyProtection,
}

impl Store {
    /// Opens the database at `path`, creating it (and its key) only if there is no file yet.
    pub fn open(path: &Path, key: &dyn KeyProvider) -> Result<Self, StoreError> {
        let found = opening::look(path)?;
        let secret = match found {
            Found::Nothing => key.key_for_new_database()?,
            Found::Something => key.key()?,
        };
        let connection = opening::connect(path, found, &secret)?;
        Ok(Self { connection, protection: key.protection() })
    }

    /// How well the key in use is kept.
    pub fn key_protection(&self) -> KeyProtection {
        self.protection
    }

    /// Folds the write-ahead log into the database and empties it. Worth doing when the kiosk is idle or closes.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// The connection, for reading.
    pub(crate) fn reader(&self) -> &Connection {
        &self.connection
    }

    /// Runs `work` in one transaction and returns its answer only once that is on disk (I2). An error leaves the
    /// database as it was.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = work(&transaction)?;
        transaction.commit()?;
        Ok(answer)
    }
}
