//! What each kiosk's cursors tell of what it has forgotten.

use portico_protocol::TemplatesPage;
use portico_types::DeviceId;

use super::Backend;
use super::cursor::{Feed, Place};
use crate::database::{erasure_confirmations, gallery_applied};
use crate::error::BackendError;

impl Backend {
    /// [`Self::templates`] for a kiosk. A cursor that it sends back says that it has applied all up to there, and so
    /// confirms the erasures among that.
    pub fn templates_for(
        &self,
        device: &DeviceId,
        since: Option<&str>,
        model: Option<&str>,
    ) -> Result<TemplatesPage, BackendError> {
        let page = self.templates(since, model)?;
        let place = self.database.read(|c| Place::find(c, Feed::Gallery, since))?;
        if since.is_none() {
            self.database.write(|tx| gallery_applied::begin(tx, device, place.head))?;
        } else if let Err(error) = self.note_applied(device, place.since) {
            // The page may carry erasures, which must not wait; the next cursor confirms this one's too.
            tracing::warn!(%device, %error, "cannot note what a kiosk has applied");
        }
        Ok(page)
    }

    fn note_applied(&self, device: &DeviceId, change: i64) -> Result<(), BackendError> {
        // Most calls come with a cursor that is known: those must not wait for the write lock.
        if self.database.read(|c| gallery_applied::before(c, device, change))?.is_none() {
            return Ok(());
        }
        let now = self.clock.utc();
        self.database.write(|tx| {
            if let Some(before) = gallery_applied::before(tx, device, change)? {
                erasure_confirmations::insert(tx, device, before, change, now)?;
                gallery_applied::advance(tx, device, change, now)?;
            }
            Ok(())
        })
    }
}
