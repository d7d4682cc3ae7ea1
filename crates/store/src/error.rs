//! What can go wrong with the database, worded for whoever has to put it right.

use std::path::PathBuf;

use portico_types::CheckInId;
use rusqlite::{ErrorCode, ffi};

use crate::{KeyError, ballast};

/// Why the store could not do as asked. Nothing of the attempted change is kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key cannot be had.
    #[error("the database key is not available: {0}")]
    Key(#[from] KeyError),
    /// The file does not open with this key. The file was not changed.
    #[error(
        "{path} does not open with this key: it belongs to another key, is damaged, or is no Portico database. \
         Nothing was changed. Put the right key file back, or move the database away to begin with an empty one"
    )]
    Unreadable {
        /// The database file.
        path: PathBuf,
    },
    /// The file is a database that this program did not make. The file was not changed.
    #[error("{path} is a database of another program. Nothing was changed. Choose another file name")]
    Foreign {
        /// The database file.
        path: PathBuf,
    },
    /// A later version of the program made this database. The file was not changed.
    #[error(
        "the database has schema {found}, this program knows up to {known}. Nothing was changed. \
         Install the newer version again"
    )]
    NewerSchema {
        /// Schema version of the file.
        found: u32,
        /// Newest schema version known here.
        known: u32,
    },
    /// No room left on the disk.
    #[error("the disk is full: make room, then try again")]
    DiskFull,
    /// A page or a row does not read as it was written.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The id of a check-in already stands for another guest's.
    #[error("check-in {id} belongs to another guest")]
    IdTaken {
        /// The id in question.
        id: CheckInId,
    },
    /// The directory or file cannot be used.
    #[error("the database file cannot be used: {0}")]
    Io(#[from] std::io::Error),
    /// Anything else that `SQLite` reports.
    #[error("the database refused: {0}")]
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match (&error, error.sqlite_error_code()) {
            (_, Some(ErrorCode::DiskFull)) => Self::DiskFull,
            (_, Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
            | (rusqlite::Error::FromSqlConversionFailure(..), _) => Self::Damaged(error.to_string()),
            _ => Self::Database(error),
        }
    }
}

impl StoreError {
    /// Whether the file does not hold what was written, as far as the key can tell.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged(_) | Self::Unreadable { .. })
    }

    /// Whether a full disk may be behind this: some of its kinds come as failed writes.
    pub(crate) fn may_be_full(&self) -> bool {
        const FAILED: [i32; 5] = [
            ffi::SQLITE_IOERR_WRITE,
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_IOERR_TRUNCATE,
            ffi::SQLITE_IOERR_SHMSIZE,
            ffi::SQLITE_IOERR_SHMOPEN,
        ];
        match self {
            Self::DiskFull => true,
            Self::Io(error) => ballast::is_full(error),
            Self::Database(error) => {
                error.sqlite_error().is_some_and(|error| FAILED.contains(&error.extended_code))
            }
            _ => false,
        }
    }
}
