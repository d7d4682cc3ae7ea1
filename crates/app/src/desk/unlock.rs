//! The door to staff mode: one PIN, guesses slowed down, every attempt in the audit.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use portico_store::MetaKey;
use portico_types::AuditAction;

use super::audit::audit;
use crate::contract::{Recovery, RpcError};
use crate::pin::{self, Lockout, PinError};
use crate::runner::Equipment;

/// Counts wrong PINs. Clones share the count.
#[derive(Clone, Default)]
pub(crate) struct StaffDoor {
    lockout: Arc<Mutex<Lockout>>,
    /// One attempt at a time: parallel ones would all pass the check before the first failure counts.
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl StaffDoor {
    /// Whether `pin` opens staff mode.
    pub(super) async fn unlock(&self, equipment: &Equipment, pin: String) -> Result<(), RpcError> {
        let _turn = self.turn.lock().await;
        if let Some(wait) = self.lockout().wait(equipment.clock.now()) {
            return Err(locked_out(wait));
        }
        let Some(stored) = stored_hash(equipment).await? else { return Err(no_pin(equipment).await?) };
        if pin_task(move || pin::verify(&pin, &stored)).await? {
            self.lockout().succeeded();
            audit(equipment, AuditAction::Unlock).await;
            return Ok(());
        }
        let now = equipment.clock.now();
        let wait = {
            let mut lockout = self.lockout();
            lockout.failed(now);
            lockout.wait(now)
        };
        audit(equipment, AuditAction::UnlockRefused).await;
        Err(wait.map_or_else(|| guide("staff.pin_wrong"), locked_out))
    }

    /// Stores the first PIN.
    pub(super) async fn choose_pin(&self, equipment: &Equipment, pin: String) -> Result<(), RpcError> {
        let _turn = self.turn.lock().await;
        if stored_hash(equipment).await?.is_some() {
            return Err(RpcError::new("staff.pin_set_already", Recovery::Staff));
        }
        if was_salvaged(equipment).await? {
            return Err(pin_lost());
        }
        let random = equipment.random.clone();
        let hash = pin_task(move || pin::hash(&pin, &random)).await?;
        let stored = equipment.store.with(move |store| store.set_meta(MetaKey::StaffPinHash, &hash)).await;
        stored.map_err(|_| RpcError::unavailable())?.map_err(super::staff::storage_failed)?;
        audit(equipment, AuditAction::Unlock).await;
        Ok(())
    }

    fn lockout(&self) -> MutexGuard<'_, Lockout> {
        self.lockout.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn stored_hash(equipment: &Equipment) -> Result<Option<String>, RpcError> {
    let read = equipment.store.with(|store| store.meta(MetaKey::StaffPinHash)).await;
    read.map_err(|_| RpcError::unavailable())?.map_err(super::staff::storage_failed)
}

/// Whether a PIN may have been lost with a damaged database: then only the operator sets a new one.
async fn was_salvaged(equipment: &Equipment) -> Result<bool, RpcError> {
    let note = equipment.store.with(|store| store.last_salvage()).await;
    Ok(note.map_err(|_| RpcError::unavailable())?.map_err(super::staff::storage_failed)?.is_some())
}

async fn no_pin(equipment: &Equipment) -> Result<RpcError, RpcError> {
    Ok(if was_salvaged(equipment).await? { pin_lost() } else { guide("staff.pin_unset") })
}

fn pin_lost() -> RpcError {
    RpcError::new("staff.pin_lost", Recovery::Staff)
}

/// Hashing takes tens of milliseconds: off the async threads.
async fn pin_task<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PinError> + Send + 'static,
) -> Result<T, RpcError> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|_| RpcError::unavailable())?;
    done.map_err(|error| match error {
        PinError::Shape => guide("staff.pin_shape"),
        PinError::Hash => RpcError::new("staff.pin_unusable", Recovery::Stop),
    })
}

fn guide(code: &str) -> RpcError {
    RpcError::new(code, Recovery::Guide)
}

fn locked_out(wait: Duration) -> RpcError {
    let seconds = wait.as_millis().div_ceil(1_000) as u32;
    RpcError { retry_after_seconds: Some(seconds), ..RpcError::new("staff.locked_out", Recovery::Guide) }
}
