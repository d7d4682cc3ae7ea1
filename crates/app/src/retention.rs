//! Erases face templates when their time is over, also when nobody walks up and no backend says so.

use std::sync::PoisonError;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::runner::Equipment;

/// How often: a template is gone everywhere well within a minute of its term.
const EVERY: Duration = Duration::from_secs(15);

/// Looks again and again until `cancel`.
pub(crate) async fn run(equipment: Equipment, cancel: CancellationToken) {
    loop {
        erase_expired(&equipment).await;
        let next = equipment.timer.wait_until(equipment.clock.now() + EVERY);
        tokio::select! {
            () = next => {}
            () = cancel.cancelled() => return,
        }
    }
}

/// Out of memory first: what the disk still has is not searched.
async fn erase_expired(equipment: &Equipment) {
    let now = equipment.clock.utc();
    equipment.gallery.write().unwrap_or_else(PoisonError::into_inner).remove_expired(now);
    match equipment.store.with(move |store| store.forget_expired(now)).await {
        Ok(Ok(erased)) if erased.is_empty() => {}
        Ok(Ok(erased)) => {
            tracing::info!(templates = erased.len(), "templates whose time is over were erased");
        }
        Ok(Err(error)) => tracing::error!(%error, "expired templates could not be erased; trying again"),
        Err(error) => tracing::debug!(%error, "no more erasing"),
    }
}
