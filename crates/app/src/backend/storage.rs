//! The kiosk's database as sync sees it, and who is told when sync has changed it.

use portico_protocol::TicketPolicy;
use portico_store::{
    ConflictsPage, MetaKey, OutboxEntry, RosterPage, Settlement, Store, StoreError, TemplatesPage,
};
use portico_sync::Storage;
use portico_ticketing::EventRecord;
use portico_types::{AuditHead, CheckInId};
use zeroize::Zeroizing;

use super::gallery;
use crate::kiosk::event::Event;
use crate::runner::{Equipment, announce_waiting, mind_withdrawn};

/// The database could not do it; the reason was logged where it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the database cannot be used at the moment")]
pub(crate) struct StorageFailed;

/// The database behind the store thread.
pub(super) struct KioskStorage {
    equipment: Equipment,
}

impl KioskStorage {
    pub(super) fn new(equipment: Equipment) -> Self {
        Self { equipment }
    }

    async fn ask<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<R, StoreError> + Send + 'static,
    ) -> Result<R, StorageFailed> {
        match self.equipment.store.with(work).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => {
                tracing::error!(%error, "sync cannot use the database");
                Err(StorageFailed)
            }
            Err(_) => Err(StorageFailed),
        }
    }

    /// Takes a page in, unless the feeds were begun anew since it was asked for.
    async fn take_in<R: Send + 'static>(
        &self,
        cursor: MetaKey,
        since: Option<String>,
        work: impl FnOnce(&mut Store) -> Result<R, StoreError> + Send + 'static,
    ) -> Result<R, StorageFailed> {
        let taken = self.ask(move |store| {
            if store.meta(cursor)? != since {
                return Ok(None);
            }
            work(store).map(Some)
        });
        taken.await?.ok_or_else(|| {
            tracing::info!("a page was overtaken by a new reading and is asked for again");
            StorageFailed
        })
    }
}

impl Storage for KioskStorage {
    type Error = StorageFailed;

    async fn next_batch(&self, limit: usize) -> Result<Vec<OutboxEntry>, StorageFailed> {
        self.ask(move |store| store.next_batch(limit)).await
    }

    async fn settle(&self, answers: Vec<(CheckInId, Settlement)>) -> Result<(), StorageFailed> {
        let Equipment { mailbox, situation, .. } = self.equipment.clone();
        self.ask(move |store| {
            store.settle(&answers)?;
            mind_withdrawn(store, &situation)?;
            announce_waiting(store, &mailbox)
        })
        .await
    }

    async fn count_attempt(&self, ids: Vec<CheckInId>) -> Result<(), StorageFailed> {
        self.ask(move |store| store.count_attempt(&ids)).await
    }

    async fn roster_cursor(&self) -> Result<Option<String>, StorageFailed> {
        self.ask(|store| store.meta(MetaKey::RosterCursor)).await
    }

    async fn templates_cursor(&self) -> Result<Option<String>, StorageFailed> {
        self.ask(|store| store.meta(MetaKey::TemplatesCursor)).await
    }

    async fn audit_head(&self) -> Result<Option<AuditHead>, StorageFailed> {
        self.ask(|store| store.audit_head()).await
    }

    async fn conflicts_cursor(&self) -> Result<Option<String>, StorageFailed> {
        self.ask(|store| store.meta(MetaKey::ConflictsCursor)).await
    }

    async fn apply_conflicts(&self, since: Option<String>, page: ConflictsPage) -> Result<(), StorageFailed> {
        let mailbox = self.equipment.mailbox.clone();
        let applied = self.take_in(MetaKey::ConflictsCursor, since, move |store| {
            store.apply_conflicts(&page)?;
            announce_waiting(store, &mailbox)
        });
        applied.await
    }

    async fn restart_feeds(&self) -> Result<(), StorageFailed> {
        let Equipment { mailbox, situation, .. } = self.equipment.clone();
        self.ask(move |store| {
            store.restart_feeds()?;
            mind_withdrawn(store, &situation)?;
            announce_waiting(store, &mailbox)
        })
        .await
    }

    async fn apply_roster(&self, since: Option<String>, page: RosterPage) -> Result<(), StorageFailed> {
        if self.take_in(MetaKey::RosterCursor, since, move |store| store.apply_roster(&page)).await? {
            // Templates of guests who left the roster are gone from the database; they must leave memory too.
            gallery::reload(&self.equipment).await?;
        }
        Ok(())
    }

    async fn apply_templates(
        &self,
        since: Option<String>,
        mut page: TemplatesPage,
    ) -> Result<(), StorageFailed> {
        if self.equipment.situation().policy.tickets == TicketPolicy::WithFace {
            page.templates.clear();
        }
        gallery::forget(&self.equipment.gallery, &page.removed);
        let Equipment { gallery, situation, clock, .. } = self.equipment.clone();
        let applied = self.take_in(MetaKey::TemplatesCursor, since, move |store| {
            if store.apply_templates(&page)? {
                // The gallery is another than the page tells.
                gallery::read_anew(store, &gallery, clock.utc())?;
            } else {
                gallery::apply(&gallery, &page);
            }
            mind_withdrawn(store, &situation)
        });
        match applied.await {
            Ok(()) => Ok(()),
            Err(refused) => {
                gallery::reload(&self.equipment).await?;
                Err(refused)
            }
        }
    }

    async fn set_event(&self, event: EventRecord) -> Result<(), StorageFailed> {
        let json = Zeroizing::new(serde_json::to_string(&event).map_err(|_| StorageFailed)?);
        let before = self.equipment.situation().policy.tickets;
        gallery::heed(&self.equipment, before, event.policy.tickets).await?;
        self.ask(move |store| store.set_meta(MetaKey::Event, &json)).await?;
        self.equipment.mailbox.send(Event::Renewed(Box::new(event))).await;
        Ok(())
    }
}
