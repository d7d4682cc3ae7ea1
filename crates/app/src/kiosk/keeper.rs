//! Looks after the database from the thread that owns it: after each piece of work it sees whether the disk holds and
//! whether the file is damaged, repairs what can be repaired, and tells the loop.

use std::sync::Arc;

use portico_store::{DiskState, SalvageNote, Store, StoreError};
use portico_types::Clock;

use super::event::{Event, Mailbox};
use crate::contract::StorageView;

/// Keeps the database usable.
pub(crate) struct Keeper {
    clock: Arc<dyn Clock>,
    mailbox: Mailbox,
    told: StorageView,
}

impl Keeper {
    /// A keeper that has told nobody anything.
    pub(crate) fn new(clock: Arc<dyn Clock>, mailbox: Mailbox) -> Self {
        Self { clock, mailbox, told: StorageView::Sound }
    }

    /// Called on the store thread after each piece of work.
    pub(crate) fn look_after(&mut self, store: &mut Store) {
        if store.is_damaged() {
            self.salvage(store);
        }
        let view = view(store).unwrap_or_else(|error| {
            tracing::error!(%error, "the condition of the database cannot be read");
            self.told
        });
        if view != self.told {
            self.told = view;
            self.mailbox.send_blocking(Event::Storage(view));
        }
    }

    fn salvage(&self, store: &mut Store) {
        tracing::error!("the database is damaged; what can be read is taken over into a new one");
        match store.salvage_now(self.clock.utc()) {
            Ok(report) => {
                tracing::warn!(kept = %report.quarantined.display(), "the kiosk goes on with a new database");
                self.mailbox.send_blocking(Event::Salvaged);
            }
            Err(error) => tracing::error!(%error, "the database could not be salvaged; trying again"),
        }
    }
}

/// What staff should know: a disk that fills first, for it stops the door.
fn view(store: &Store) -> Result<StorageView, StoreError> {
    Ok(match store.disk() {
        DiskState::Full => StorageView::DiskFull,
        DiskState::Low => StorageView::DiskLow,
        DiskState::Roomy => store.last_salvage()?.map_or(StorageView::Sound, |note| salvaged(&note)),
    })
}

fn salvaged(note: &SalvageNote) -> StorageView {
    if note.acknowledged {
        return StorageView::Sound;
    }
    let report = &note.report;
    let incomplete = !report.readable || report.log_damaged || report.lost.values().any(|lost| *lost > 0);
    StorageView::Salvaged { at: report.at, incomplete }
}
