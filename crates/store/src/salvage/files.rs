//! The database's file and the files that belong to it, by name.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Names of everything that lies around one database.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    /// The database itself.
    pub database: PathBuf,
}

impl Files {
    pub(crate) fn of(database: &Path) -> Self {
        Self { database: database.to_owned() }
    }

    fn with_ending(path: &Path, ending: &str) -> PathBuf {
        let mut name = OsString::from(path);
        name.push(ending);
        PathBuf::from(name)
    }

    /// What `SQLite` keeps beside a database, by the ending of its name.
    pub(crate) const COMPANIONS: [&'static str; 3] = ["-wal", "-shm", "-journal"];

    /// A companion of the file at `path`.
    pub(crate) fn companion(path: &Path, ending: &str) -> PathBuf {
        Self::with_ending(path, ending)
    }

    /// The write-ahead log.
    pub(crate) fn log(&self) -> PathBuf {
        Self::with_ending(&self.database, "-wal")
    }

    /// Bytes kept for the day when the disk is full.
    pub(crate) fn ballast(&self) -> PathBuf {
        self.database.with_extension("ballast")
    }

    /// What is needed to read the database without its first page.
    pub(crate) fn outline(&self) -> PathBuf {
        self.database.with_extension("outline")
    }

    /// A new database that is being filled with the old one's rows.
    pub(crate) fn draft(&self) -> PathBuf {
        self.database.with_extension("salvaged")
    }

    /// Where damaged databases go.
    pub(crate) fn quarantine(&self) -> PathBuf {
        self.database.with_file_name("quarantine")
    }

    /// Makes names in the database's directory durable.
    pub(crate) fn sync_directory(&self) -> io::Result<()> {
        sync_directory(self.database.parent().unwrap_or(Path::new("")))
    }
}

/// Makes the names in a directory durable. Only Unix lets a directory be opened for that.
pub(crate) fn sync_directory(directory: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let here = Path::new(".");
        File::open(if directory.as_os_str().is_empty() { here } else { directory })?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = directory;
    Ok(())
}

/// The bytes of a file; none if there is no file.
pub(crate) fn read_or_nothing(path: &Path) -> io::Result<Vec<u8>> {
    match std::fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other,
    }
}

/// Removes a file that may not be there.
pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
