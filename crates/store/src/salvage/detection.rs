//! Looks at a database before `SQLite` touches it: every page's seal, and what `SQLite` would pass over in its log.
//!
//! Costs one reading of the file: every page is checked, none is decrypted. What happens to the file afterwards is
//! found when a page is read.

use super::files::Files;
use super::image::Image;
use super::outline::Outline;
use super::survey::{roots, sequences};
use crate::{DatabaseKey, StoreError};

/// Fails if anything in the file or its log is not as it was written.
pub(crate) fn examine(files: &Files, key: &DatabaseKey) -> Result<(), StoreError> {
    match inspect(files, key) {
        // Another connection may have been writing meanwhile; damage stays.
        Err(error) if error.is_damage() => inspect(files, key),
        other => other,
    }
}

fn inspect(files: &Files, key: &DatabaseKey) -> Result<(), StoreError> {
    let Some(mut image) = Image::load(files, key)? else {
        return Err(StoreError::Unreadable { path: files.database.clone() });
    };
    if !image.salt_is_whole() {
        return Err(StoreError::Damaged("the file does not begin as its pages want it".to_owned()));
    }
    if image.log_is_damaged() {
        return Err(StoreError::Damaged("the write-ahead log would not be read to its end".to_owned()));
    }
    let bad = image.bad_pages();
    if bad > 0 {
        return Err(StoreError::Damaged(format!("{bad} pages are not what was written")));
    }
    if log_is_old(&mut image, files) {
        return Err(StoreError::Damaged("the write-ahead log is older than the database".to_owned()));
    }
    Ok(())
}

/// Whether the log belongs to an earlier state of this database: numbers that only grow would shrink. Forgets the log
/// then.
pub(super) fn log_is_old(image: &mut Image, files: &Files) -> bool {
    if !image.has_log() {
        return false;
    }
    let outline = Outline::load(files);
    let with_log = sequences(image, &roots(image, outline.as_ref()));
    let without = image.without_log(|image| sequences(image, &roots(image, outline.as_ref())));
    let shrinks = !with_log.is_empty()
        && without.iter().any(|(table, last)| with_log.get(table).is_none_or(|with| with < last));
    if shrinks {
        image.drop_log();
    }
    shrinks
}
