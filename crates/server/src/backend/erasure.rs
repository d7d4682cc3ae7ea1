//! What follows every erasure: memory and the write-ahead log must be free of it too.

use super::Backend;
use crate::database::{erasures, log_due};
use crate::error::BackendError;

impl Backend {
    /// What the running server does once a second: erases what is over, forgets what other processes have erased, and
    /// tells streams what they have written.
    pub(crate) fn look_around(&self) -> Result<(), BackendError> {
        self.erase_expired()?;
        self.forget_erased()?;
        self.announce_changes()
    }

    /// Frees memory and the log of what was erased just now.
    pub(super) fn follow_erasure(&self) -> Result<(), BackendError> {
        self.forget_erased()?;
        self.purge_log()
    }

    fn forget_erased(&self) -> Result<(), BackendError> {
        match &self.faces {
            Ok(faces) => Ok(self.database.read(|c| faces.forget(c))?),
            Err(_) => Ok(()),
        }
    }

    /// Empties the write-ahead log if something erased may still stand in it, and notes when that was done. What fails
    /// now, because another process reads the log, is done when the next one asks: the watch does every second.
    pub(super) fn purge_log(&self) -> Result<(), BackendError> {
        let due =
            self.database.read(|c| Ok::<_, rusqlite::Error>(erasures::in_log(c)?.max(log_due::get(c)?)))?;
        let Some(change) = due else { return Ok(()) };
        if self.database.empty_log()? {
            let now = self.clock.utc();
            return Ok(self.database.write(|tx| {
                erasures::mark_purged(tx, change, now)?;
                log_due::settle(tx, change)
            })?);
        }
        tracing::warn!("the database's log is in use; what was erased leaves it at the next look");
        Ok(())
    }
}
