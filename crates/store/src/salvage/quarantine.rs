//! Sets a damaged database aside, with its log, under a name that tells when. How long it stays there is said in
//! `disposal`.
//!
//! The order of the steps makes a crash between any two of them harmless: the new database is complete before the old
//! one moves, and takes its name only when nothing of the old one is left beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use portico_types::UtcMillis;

use super::files::{Files, remove_if_there, sync_directory};

/// Part of the name of a database of which nothing was readable.
pub(super) const UNREAD: &str = "-unread";

/// Where the database would be moved at `now`: a name that nothing has yet. One of which nothing was readable may be
/// whole under another key, and its name says so: it is never disposed of.
pub(super) fn place_for(files: &Files, now: UtcMillis, readable: bool) -> PathBuf {
    let stem = files.database.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = files.database.extension().unwrap_or_default().to_string_lossy().into_owned();
    let moment = utc(now);
    let kind = if readable { "" } else { UNREAD };
    let mut place = files.quarantine().join(format!("{stem}-{moment}{kind}.{ending}"));
    let mut copy = 2;
    while taken(&place) {
        place = files.quarantine().join(format!("{stem}-{moment}{kind}-{copy}.{ending}"));
        copy += 1;
    }
    place
}

fn taken(place: &Path) -> bool {
    place.exists() || Files::COMPANIONS.iter().any(|ending| Files::companion(place, ending).exists())
}

/// Moves the database to `place` and the finished draft to where the database was.
pub(super) fn change_over(files: &Files, place: &Path) -> io::Result<()> {
    fs::create_dir_all(files.quarantine())?;
    files.sync_directory()?;
    rename_if_there(&files.database, place)?;
    // From here on the database is missing and the draft is there: `finish` knows what that means.
    for durable in [files.quarantine().as_path(), files.database.parent().unwrap_or(Path::new(""))] {
        sync_directory(durable)?;
    }
    move_companions(files, place)?;
    fs::rename(files.draft(), &files.database)?;
    files.sync_directory()
}

/// Whether the old database has moved and the new one has not taken its place yet.
pub(crate) fn is_half_changed_over(files: &Files) -> bool {
    files.draft().exists() && !files.database.exists()
}

/// Goes on with a change-over that a crash cut short, or throws away a draft that was never finished.
pub(crate) fn finish(files: &Files) -> io::Result<()> {
    if !files.draft().exists() {
        return Ok(());
    }
    if files.database.exists() {
        return discard_draft(files);
    }
    fs::create_dir_all(files.quarantine())?;
    let newest = newest_in(&files.quarantine(), files)?;
    move_companions(files, &newest)?;
    fs::rename(files.draft(), &files.database)?;
    tracing::warn!("a salvage that was cut short has been finished");
    files.sync_directory()
}

/// Removes a draft and what belongs to it.
pub(super) fn discard_draft(files: &Files) -> io::Result<()> {
    let draft = files.draft();
    remove_if_there(&draft)?;
    Files::COMPANIONS.iter().try_for_each(|ending| remove_if_there(&Files::companion(&draft, ending)))
}

fn move_companions(files: &Files, place: &Path) -> io::Result<()> {
    for ending in Files::COMPANIONS {
        rename_if_there(&Files::companion(&files.database, ending), &Files::companion(place, ending))?;
    }
    sync_directory(&files.quarantine())
}

fn rename_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The database that was set aside last. Names order by time.
fn newest_in(quarantine: &Path, files: &Files) -> io::Result<PathBuf> {
    let ending = files.database.extension();
    let mut newest = quarantine.join(files.database.file_name().unwrap_or_default());
    let mut latest = None;
    for entry in fs::read_dir(quarantine)? {
        let path = entry?.path();
        if path.extension() == ending && latest.as_ref().is_none_or(|known| *known < path) {
            latest = Some(path);
        }
    }
    if let Some(latest) = latest {
        newest = latest;
    }
    Ok(newest)
}

/// `2026-11-21T12-00-00Z`: a moment as every file system takes it for a name.
pub(super) fn utc(now: UtcMillis) -> String {
    let seconds = now.0.div_euclid(1_000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Counted from 1 March of the year 0, so that leap days come last.
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * months_from_march + 2) / 5 + 1;
    let month = if months_from_march < 10 { months_from_march + 3 } else { months_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}-{minute:02}-{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_named_by_the_calendar() {
        for (millis, name) in [
            (0, "1970-01-01T00-00-00Z"),
            (951_782_399_999, "2000-02-28T23-59-59Z"),
            (951_782_400_000, "2000-02-29T00-00-00Z"),
            (1_795_262_400_000, "2026-11-21T12-00-00Z"),
            (-1, "1969-12-31T23-59-59Z"),
        ] {
            assert_eq!(utc(UtcMillis(millis)), name);
        }
    }

    #[test]
    fn a_second_database_of_the_same_second_gets_a_name_of_its_own() {
        let directory = tempfile::tempdir().unwrap();
        let files = Files::of(&directory.path().join("kiosk.db"));
        fs::create_dir(files.quarantine()).unwrap();
        let first = place_for(&files, UtcMillis(0), true);
        assert!(first.ends_with("quarantine/kiosk-1970-01-01T00-00-00Z.db"));
        fs::write(&first, b"x").unwrap();
        assert!(
            place_for(&files, UtcMillis(0), true).ends_with("quarantine/kiosk-1970-01-01T00-00-00Z-2.db")
        );
    }

    #[test]
    fn a_crash_at_any_step_of_the_change_over_ends_with_the_new_database_in_place() {
        // How many of the old one's files have moved when the crash comes.
        for moved in 1..=2 {
            let directory = tempfile::tempdir().unwrap();
            let files = Files::of(&directory.path().join("kiosk.db"));
            fs::create_dir(files.quarantine()).unwrap();
            fs::write(files.draft(), b"new").unwrap();
            let place = place_for(&files, UtcMillis(0), true);
            fs::write(&place, b"old").unwrap();
            let log = if moved == 1 { files.log() } else { Files::companion(&place, "-wal") };
            fs::write(&log, b"log").unwrap();
            finish(&files).unwrap();
            assert_eq!(fs::read(&files.database).unwrap(), b"new");
            assert_eq!(fs::read(&place).unwrap(), b"old");
            assert_eq!(fs::read(Files::companion(&place, "-wal")).unwrap(), b"log");
            assert!(!files.log().exists() && !files.draft().exists());
        }
    }

    #[test]
    fn a_draft_beside_a_database_was_never_finished_and_goes() {
        let directory = tempfile::tempdir().unwrap();
        let files = Files::of(&directory.path().join("kiosk.db"));
        fs::write(&files.database, b"old").unwrap();
        fs::write(files.draft(), b"half").unwrap();
        finish(&files).unwrap();
        assert_eq!(fs::read(&files.database).unwrap(), b"old");
        assert!(!files.draft().exists());
    }
}
