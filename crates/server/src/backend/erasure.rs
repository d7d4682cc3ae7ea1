//! What follows every erasure: the write-ahead log must be free of it too.

use super::Backend;
use crate::database::erasures;
use crate::error::BackendError;

impl Backend {
    /// Empties the write-ahead log if an erasure may still stand in it, and notes when that was done. What fails now,
    /// because another process reads the log, is done when the next one asks: the watch does every second.
    pub(super) fn purge_log(&self) -> Result<(), BackendError> {
        let Some(change) = self.database.read(erasures::in_log)? else { return Ok(()) };
        if self.database.empty_log()? {
            let now = self.clock.utc();
            return Ok(self.database.write(|tx| erasures::mark_purged(tx, change, now))?);
        }
        tracing::warn!("the database's log is in use; erased templates leave it at the next look");
        Ok(())
    }
}
