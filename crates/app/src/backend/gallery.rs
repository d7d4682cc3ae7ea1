//! Keeps the gallery in memory equal to the one in the database.

use std::sync::PoisonError;

use portico_protocol::TicketPolicy;
use portico_store::{Store, TemplatesPage};

use super::storage::StorageFailed;
use crate::runner::Equipment;

/// Takes a page in. Called before the page is written down: a template that the backend has withdrawn must not be
/// matched for a moment longer, and one that comes again after a failed write changes nothing.
pub(super) fn apply(equipment: &Equipment, page: &TemplatesPage) {
    let mut gallery = equipment.gallery.write().unwrap_or_else(PoisonError::into_inner);
    for id in &page.removed {
        gallery.remove(id);
    }
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
        empty(equipment);
        equipment.store.with(move |store| store.forget_gallery(now).map(|_| ())).await
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
fn empty(equipment: &Equipment) {
    let mut gallery = equipment.gallery.write().unwrap_or_else(PoisonError::into_inner);
    let model = gallery.model().clone();
    gallery.rebuild(model, []);
}

/// Reads the whole gallery again.
pub(crate) async fn reload(equipment: &Equipment) -> Result<(), StorageFailed> {
    let now = equipment.clock.utc();
    let read = equipment.store.with(move |store| store.templates(now)).await.map_err(|_| StorageFailed)?;
    let templates = read.map_err(|error| {
        tracing::error!(%error, "the gallery cannot be read");
        StorageFailed
    })?;
    let mut gallery = equipment.gallery.write().unwrap_or_else(PoisonError::into_inner);
    let model = gallery.model().clone();
    gallery.rebuild(model, templates);
    Ok(())
}
