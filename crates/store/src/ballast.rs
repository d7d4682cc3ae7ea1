//! Bytes kept beside the database for the day when the disk is full.
//!
//! On a full disk neither inserting nor deleting nor emptying the log works. Measured: giving 1 MiB back lets all of
//! them work again, which is room for some fifty check-ins at a full log and for folding the log in.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Size of the ballast.
const BALLAST_BYTES: usize = 1 << 20;
/// Written in pieces of this size.
const PIECE_BYTES: usize = 1 << 16;

/// How much room the database has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskState {
    /// Enough.
    Roomy,
    /// The ballast is used up: entries are still written, but staff should make room now.
    Low,
    /// The last change could not be written.
    Full,
}

/// The file that is given up for room.
#[derive(Debug)]
pub(crate) struct Ballast {
    path: PathBuf,
    in_place: bool,
}

impl Ballast {
    /// Knows whether the file is there, and touches nothing.
    pub(crate) fn at(path: PathBuf) -> Self {
        let in_place = is_whole(&path);
        Self { path, in_place }
    }

    pub(crate) fn is_in_place(&self) -> bool {
        self.in_place
    }

    /// Lays the ballast down, if there is room for it.
    pub(crate) fn lay(&mut self) {
        if self.in_place && is_whole(&self.path) {
            return;
        }
        self.in_place = match write(&self.path) {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "no room for the ballast beside the database");
                let _ = fs::remove_file(&self.path);
                false
            }
        };
    }

    /// Gives the room back. Says whether there was any to give.
    pub(crate) fn drop_off(&mut self) -> bool {
        self.in_place = false;
        match fs::remove_file(&self.path) {
            Ok(()) => {
                tracing::warn!("the disk is full: the ballast was given up");
                true
            }
            Err(_) => false,
        }
    }

    /// Whether the disk refuses even a small file now. `SQLite` reports some kinds of a full disk as failed writes.
    pub(crate) fn disk_is_full(&self) -> bool {
        let probe = self.path.with_extension("probe");
        let written = File::create(&probe).and_then(|mut file| {
            file.write_all(&vec![0x5a; PIECE_BYTES])?;
            file.sync_all()
        });
        let _ = fs::remove_file(&probe);
        written.is_err_and(|error| is_full(&error))
    }
}

/// Whether this error says that there is no room.
pub(crate) fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

fn is_whole(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.len() == BALLAST_BYTES as u64)
}

/// Real bytes: a file with holes, or one of zeros on a disk that packs them, would take no room.
fn write(path: &Path) -> io::Result<()> {
    let mut file = File::create(path)?;
    let mut state = 0x9e37_79b9_u32;
    let mut piece = Vec::with_capacity(PIECE_BYTES);
    for _ in 0..BALLAST_BYTES / PIECE_BYTES {
        piece.clear();
        while piece.len() < PIECE_BYTES {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            piece.extend_from_slice(&state.to_le_bytes());
        }
        file.write_all(&piece)?;
    }
    file.sync_all()
}
