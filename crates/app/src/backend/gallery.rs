//! Keeps the gallery in memory equal to the one in the database.
//!
//! Whatever comes into memory comes there on the store thread, right after the database has it or together with being read
//! from it, so that nothing is in memory that the database has erased since. What goes does so at once, before the database
//! is asked, for it must not be matched for a moment longer, and once more behind it.

use std::sync::{Arc, PoisonError, RwLock};

use portico_identify::Gallery;
use portico_protocol::TicketPolicy;
use portico_store::{Store, StoreError, TemplatesPage};
use portico_types::{TemplateId, UtcMillis};

use super::storage::StorageFailed;
use crate::runner::Equipment;

/// Forgets templates in memory.
pub(super) fn forget(gallery: &RwLock<Gallery>, removed: &[TemplateId]) {
    let mut gallery = gallery.write().unwrap_or_else(PoisonError::into_inner);
    for id in removed {
        gallery.remove(id);
    }
}

/// Takes a page in that has just been written down.
pub(super) fn apply(gallery: &RwLock<Gallery>, page: &TemplatesPage) {
    forget(gallery, &page.removed);
    let mut gallery = gallery.write().unwrap_or_else(PoisonError::into_inner);
    for template in &page.templates {
        if let Err(error) = gallery.upsert(template) {
            tracing::warn!(%error, "a template cannot be searched by this kiosk's model");
        }
    }
    tracing::info!(templates = gallery.len(), "gallery");
}

/// What an event's rule about tickets means for the gallery, before that event is written down: where tickets carry the
/// faces it goes from memory and disk, and where they do so no more it is read again from the start.
pub(super) async fn heed(
    equipment: &Equipment,
    before: TicketPolicy,
    after: TicketPolicy,
) -> Result<(), StorageFailed> {
    // From here on no page that comes is kept, whatever is in it.
    equipment.change(|situation| situation.policy.tickets = after);
    let now = equipment.clock.utc();
    let asked = if after == TicketPolicy::WithFace {
        empty(&equipment.gallery);
        let gallery = Arc::clone(&equipment.gallery);
        equipment
            .store
            .with(move |store| {
                store.forget_gallery(now)?;
                empty(&gallery);
                Ok(())
            })
            .await
    } else if before == TicketPolicy::WithFace {
        equipment.store.with(Store::reread_feeds).await
    } else {
        return Ok(());
    };
    asked.map_err(|_| StorageFailed)?.map_err(|error| {
        tracing::error!(%error, "the gallery cannot follow the event's rule");
        StorageFailed
    })
}

/// Forgets the gallery in memory.
fn empty(gallery: &RwLock<Gallery>) {
    let mut gallery = gallery.write().unwrap_or_else(PoisonError::into_inner);
    let model = gallery.model().clone();
    gallery.rebuild(model, []);
}

/// Reads the whole gallery again.
pub(crate) async fn reload(equipment: &Equipment) -> Result<(), StorageFailed> {
    let (now, gallery) = (equipment.clock.utc(), Arc::clone(&equipment.gallery));
    let read = equipment.store.with(move |store| read_anew(store, &gallery, now)).await;
    read.map_err(|_| StorageFailed)?.map_err(|error| {
        tracing::error!(%error, "the gallery cannot be read");
        StorageFailed
    })
}

/// The same on the store thread. Guests are recognised by the old one until the new one is complete.
pub(super) fn read_anew(store: &Store, gallery: &RwLock<Gallery>, now: UtcMillis) -> Result<(), StoreError> {
    let model = gallery.read().unwrap_or_else(PoisonError::into_inner).model().clone();
    let mut anew = Gallery::new(model.clone());
    anew.rebuild(model, store.templates(now)?);
    *gallery.write().unwrap_or_else(PoisonError::into_inner) = anew;
    Ok(())
}
