//! Erasing face templates for good: what is deleted is overwritten in the database, but the write-ahead log keeps older
//! copies of its pages until it is folded in and emptied, and a damaged database that was set aside has rows that nobody
//! can erase one by one: it goes as a whole.

use rusqlite::Connection;

use crate::table::meta;
use crate::{Store, StoreError, salvage};

/// Notes in the transaction that erases `count` templates that the gallery has changed and the log is to be emptied.
pub(crate) fn note(connection: &Connection, count: usize) -> Result<(), StoreError> {
    if count == 0 {
        return Ok(());
    }
    meta::bump_gallery_version(connection)?;
    meta::set(connection, meta::ERASED_IN_LOG, "1")
}

impl Store {
    /// Empties the log and the quarantine after an erasure. The erasure itself is on disk; a fault here is logged and made
    /// good by [`Store::forget_expired`].
    pub(crate) fn empty_log(&mut self) {
        if let Err(error) = self.finish_erasure() {
            tracing::warn!(%error, "the files may still hold erased templates; trying again later");
        }
    }

    /// Empties log and quarantine if an erasure has not been ended.
    pub(crate) fn finish_erasure(&mut self) -> Result<(), StoreError> {
        if meta::get(self.reader(), meta::ERASED_IN_LOG)?.is_none() {
            return Ok(());
        }
        salvage::dispose_of_all(self.files())?;
        if !self.fold_log()? {
            tracing::warn!("the write-ahead log cannot be emptied while somebody reads; trying again later");
            return Ok(());
        }
        self.write(|tx| meta::clear(tx, meta::ERASED_IN_LOG))
    }
}
