//! Keeps the gallery in memory equal to the one in the database.

use std::sync::PoisonError;

use portico_store::TemplatesPage;

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
