//! The store as sync sees it, set up as the kiosk does, and a note of what came in.

use std::sync::{Arc, PoisonError, RwLock};

use portico_identify::Gallery;
use portico_protocol::EventRecord;
use portico_store::{
    ConflictsPage, MetaKey, OutboxEntry, RosterPage, Settlement, Store, StoreError, TemplatesPage,
};
use portico_sync::Storage;
use portico_types::{AuditHead, CheckInId, Clock};
use tokio::sync::watch;

use crate::clock::Stopwatch;
use crate::keeper::{Handle, KeeperError};

/// What has been taken in.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// The event, as last told.
    pub event: Option<EventRecord>,
    /// How often the roster was read to its end.
    pub rosters: u64,
    /// How often the gallery was read to its end.
    pub galleries: u64,
    /// Pages taken in, of whatever feed.
    pub pages: u64,
    /// Time that the store took for pages of the roster, in milliseconds.
    pub roster_store_ms: f64,
    /// Time that gallery and store took for pages of templates, in milliseconds.
    pub gallery_store_ms: f64,
}

/// The storage of one kiosk.
pub(super) struct KioskStorage {
    pub(super) store: Handle,
    pub(super) gallery: Arc<RwLock<Gallery>>,
    pub(super) heard: watch::Sender<Heard>,
    pub(super) clock: Arc<dyn Clock>,
}

impl KioskStorage {
    async fn ask<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<R, StoreError> + Send + 'static,
    ) -> Result<R, KeeperError> {
        self.store.with(work).await
    }

    /// Reads the whole gallery again.
    pub(super) async fn reload(&self) -> Result<(), KeeperError> {
        let now = self.clock.utc();
        let templates = self.ask(move |store| store.templates(now)).await?;
        let mut gallery = self.gallery.write().unwrap_or_else(PoisonError::into_inner);
        let model = gallery.model().clone();
        gallery.rebuild(model, templates);
        Ok(())
    }

    /// As the kiosk does: in memory first, so that what was withdrawn is not matched for a moment longer.
    fn show(&self, page: &TemplatesPage) {
        let mut gallery = self.gallery.write().unwrap_or_else(PoisonError::into_inner);
        for id in &page.removed {
            gallery.remove(id);
        }
        for template in &page.templates {
            // A template of another recogniser is not searched; whether any is missing is seen in the end.
            let _ = gallery.upsert(template);
        }
    }
}

impl Storage for KioskStorage {
    type Error = KeeperError;

    async fn next_batch(&self, limit: usize) -> Result<Vec<OutboxEntry>, KeeperError> {
        self.ask(move |store| store.next_batch(limit)).await
    }

    async fn settle(&self, answers: Vec<(CheckInId, Settlement)>) -> Result<(), KeeperError> {
        self.ask(move |store| store.settle(&answers)).await
    }

    async fn count_attempt(&self, ids: Vec<CheckInId>) -> Result<(), KeeperError> {
        self.ask(move |store| store.count_attempt(&ids)).await
    }

    async fn audit_head(&self) -> Result<Option<AuditHead>, KeeperError> {
        self.ask(|store| store.audit_head()).await
    }

    async fn roster_cursor(&self) -> Result<Option<String>, KeeperError> {
        self.ask(|store| store.meta(MetaKey::RosterCursor)).await
    }

    async fn templates_cursor(&self) -> Result<Option<String>, KeeperError> {
        self.ask(|store| store.meta(MetaKey::TemplatesCursor)).await
    }

    async fn conflicts_cursor(&self) -> Result<Option<String>, KeeperError> {
        self.ask(|store| store.meta(MetaKey::ConflictsCursor)).await
    }

    async fn apply_roster(&self, _since: Option<String>, page: RosterPage) -> Result<(), KeeperError> {
        // As the kiosk does: templates of guests who left the roster must leave memory too.
        let complete = page.complete;
        let watch = Stopwatch::start();
        let erased = self.ask(move |store| store.apply_roster(&page)).await?;
        if erased {
            self.reload().await?;
        }
        self.heard.send_modify(|heard| {
            heard.pages += 1;
            heard.rosters += u64::from(complete);
            heard.roster_store_ms += watch.ms();
        });
        Ok(())
    }

    async fn apply_templates(&self, _since: Option<String>, page: TemplatesPage) -> Result<(), KeeperError> {
        let complete = page.complete;
        let watch = Stopwatch::start();
        self.show(&page);
        if self.ask(move |store| store.apply_templates(&page)).await? {
            self.reload().await?;
        }
        self.heard.send_modify(|heard| {
            heard.pages += 1;
            heard.galleries += u64::from(complete);
            heard.gallery_store_ms += watch.ms();
        });
        Ok(())
    }

    async fn apply_conflicts(&self, _since: Option<String>, page: ConflictsPage) -> Result<(), KeeperError> {
        self.ask(move |store| store.apply_conflicts(&page)).await?;
        self.heard.send_modify(|heard| heard.pages += 1);
        Ok(())
    }

    async fn restart_feeds(&self) -> Result<(), KeeperError> {
        self.ask(Store::restart_feeds).await?;
        Ok(())
    }

    async fn set_event(&self, event: EventRecord) -> Result<(), KeeperError> {
        // What was just read from JSON can be written as JSON.
        let json = serde_json::to_string(&event).unwrap_or_default();
        self.ask(move |store| store.set_meta(MetaKey::Event, &json)).await?;
        self.heard.send_modify(|heard| heard.event = Some(event));
        Ok(())
    }
}
