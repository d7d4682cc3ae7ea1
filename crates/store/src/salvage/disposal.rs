//! Removes damaged databases that were set aside: they hold faces, and nobody can erase single rows of them. Those of
//! which nothing was readable stay: they may be whole under another key.

use std::fs;
use std::io;
use std::path::PathBuf;

use portico_types::UtcMillis;

use super::files::{Files, remove_if_there, sync_directory};
use super::quarantine::{UNREAD, utc};

/// How long people have for looking at a damaged database.
const KEPT_MS: i64 = 7 * 86_400_000;
/// Length of a moment as `quarantine` writes it.
const MOMENT_BYTES: usize = 20;

/// A file in quarantine.
struct SetAside {
    path: PathBuf,
    /// When, as its name tells.
    moment: Option<String>,
}

/// Removes everything that was set aside.
pub(crate) fn dispose_of_all(files: &Files) -> io::Result<()> {
    remove(files, |_| true)
}

/// Removes what was set aside more than seven days before `now`. A fault is logged: the next time will do.
pub(crate) fn dispose_of_old(files: &Files, now: UtcMillis) {
    // Moments order like the times that they name.
    let limit = utc(UtcMillis(now.0.saturating_sub(KEPT_MS)));
    let is_old = |file: &SetAside| file.moment.as_ref().is_some_and(|moment| *moment < limit);
    if let Err(error) = remove(files, is_old) {
        tracing::warn!(%error, "a damaged database that was set aside cannot be removed; trying again later");
    }
}

fn remove(files: &Files, is_meant: impl Fn(&SetAside) -> bool) -> io::Result<()> {
    let mut removed = 0_u64;
    for file in all(files)?.into_iter().filter(is_meant) {
        remove_if_there(&file.path)?;
        removed += 1;
    }
    if removed > 0 {
        sync_directory(&files.quarantine())?;
        tracing::info!(files = removed, "damaged databases that had been set aside were removed");
    }
    Ok(())
}

/// Every file in quarantine that was set aside for this database.
fn all(files: &Files) -> io::Result<Vec<SetAside>> {
    let entries = match fs::read_dir(files.quarantine()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let stem = files.database.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(rest) = name.strip_prefix(&stem) else { continue };
        let moment = rest.strip_prefix('-').and_then(|rest| rest.get(..MOMENT_BYTES)).map(str::to_owned);
        // Perhaps the key file was mixed up: whoever puts the right one back finds everything.
        if moment.is_some() && rest[1 + MOMENT_BYTES..].starts_with(UNREAD) {
            continue;
        }
        if moment.is_some() || rest.starts_with('.') {
            found.push(SetAside { path: entry.path(), moment });
        }
    }
    Ok(found)
}
