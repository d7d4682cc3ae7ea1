//! Opens the database file: key, checks that leave a strange file untouched, then the settings that keep data safe.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Once;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::migrations::{self, SCHEMA_VERSION};
use crate::salvage::Files;
use crate::{DatabaseKey, StoreError};

/// How a file that is about to be opened looks from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// No file, or an empty one, as a crash during creation leaves it.
    Nothing,
    /// A file with content.
    Something,
}

/// First bytes of every `SQLite` file that is not encrypted.
const PLAIN_HEADER: &[u8; 16] = b"SQLite format 3\0";

/// Settings in force once the file is known to be ours. Measured: with `synchronous` NORMAL simulated power cuts lose
/// acknowledged rows, with FULL none; 4 MiB keep the write-ahead log small at 18 KB a check-in. At 1,000 pages a commit
/// folds it in by itself, which an idle kiosk does before ([`Store::rest`](crate::Store::rest)). The cache of 16 MiB
/// (in KiB, negative) holds the search index of 100,000 guests' upper levels.
///
/// `cipher_memory_security` stays off, as is the default: the key is wiped either way, the roster and the gallery stand
/// in the app's ordinary memory anyway, and locking every page costs some 20 s of system time for 100,000 guests.
const SETTINGS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA wal_autocheckpoint = 1000;
    PRAGMA journal_size_limit = 4194304;
    PRAGMA secure_delete = ON;
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -16384;
";

/// Looks at the files without opening them as a database.
pub(crate) fn look(files: &Files) -> Result<Found, StoreError> {
    let path = files.database.as_path();
    let length = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        other => Some(other?.len()),
    };
    if length.unwrap_or(0) == 0 {
        // An empty file beside what only a database leaves behind has lost its content. `SQLite` would throw the log
        // of such a file away.
        let lost = length.is_some() && files.outline().exists();
        let log_left = fs::metadata(files.log()).is_ok_and(|log| log.len() > 0);
        return Ok(if lost || log_left { Found::Something } else { Found::Nothing });
    }
    let mut start = Vec::with_capacity(PLAIN_HEADER.len());
    File::open(path)?.take(PLAIN_HEADER.len() as u64).read_to_end(&mut start)?;
    if start == PLAIN_HEADER {
        return Err(StoreError::Foreign { path: path.to_owned() });
    }
    Ok(Found::Something)
}

/// `SQLite` calls itself ready before `SQLCipher`, which it starts last, is: a thread that opens a database while another opens
/// the process's first one would find nobody who knows what a key is. So the first one is opened alone.
static FIRST: Once = Once::new();

/// Opens, checks, configures and migrates.
pub(crate) fn connect(path: &Path, found: Found, key: &DatabaseKey) -> Result<Connection, StoreError> {
    connect_at(path, found, key, SCHEMA_VERSION)
}

/// The same, migrating only up to `version`.
pub(crate) fn connect_at(
    path: &Path,
    found: Found,
    key: &DatabaseKey,
    version: u32,
) -> Result<Connection, StoreError> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if found == Found::Nothing {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    // If this fails, so does the next line, and says why.
    FIRST.call_once(|| drop(Connection::open_in_memory()));
    let mut connection = Connection::open_with_flags(path, flags)?;
    // Until the file is known to be ours, closing it must not fold a write-ahead log into it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // What SQLCipher finds wrong comes back as an error; its own lines on stderr would say it past the log.
    connection.execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA busy_timeout = 2000;")?;
    connection.execute_batch(&key.pragma())?;
    refuse_strangers(&connection, path)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    connection.execute_batch("PRAGMA synchronous = EXTRA;")?;
    connection.execute_batch(SETTINGS)?;
    migrations::migrate_to(&mut connection, version)?;
    connection.execute_batch("PRAGMA synchronous = FULL;")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn refuse_strangers(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let objects: i64 = match connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))
    {
        Err(error)
            if matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
            ) =>
        {
            return Err(StoreError::Unreadable { path: path.to_owned() });
        }
        other => other?,
    };
    let found = migrations::version(connection)?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::NewerSchema { found, known: SCHEMA_VERSION });
    }
    // Our schema and its version arrive in one transaction, so tables without a version are somebody else's.
    if found == 0 && objects > 0 {
        return Err(StoreError::Foreign { path: path.to_owned() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_that_keeps_data_safe_is_in_force() {
        let directory = tempfile::tempdir().unwrap();
        let key = DatabaseKey::new([9; 32]);
        let connection = connect(&directory.path().join("kiosk.db"), Found::Nothing, &key).unwrap();
        for (name, expected) in [
            ("synchronous", 2),
            ("wal_autocheckpoint", 1000),
            ("journal_size_limit", 4 << 20),
            ("secure_delete", 1),
            ("cell_size_check", 1),
            ("trusted_schema", 0),
            ("foreign_keys", 1),
            ("busy_timeout", 2000),
        ] {
            let value: i64 = connection.pragma_query_value(None, name, |row| row.get(0)).unwrap();
            assert_eq!(value, expected, "{name}");
        }
        let cipher: String = connection.pragma_query_value(None, "cipher_version", |row| row.get(0)).unwrap();
        assert!(!cipher.is_empty(), "without SQLCipher the key would be ignored silently");
    }
}
