//! The door to staff mode: a PIN tells who comes, guesses are counted on disk, every attempt is in the audit.

use std::sync::Arc;
use std::time::Duration;

use portico_store::{Actor, PinVerifier, StaffMember, StaffOutcome};
use portico_types::{AuditAction, StaffId, StaffRole};
use tokio::sync::{Mutex, MutexGuard};
use tokio_util::sync::CancellationToken;

use super::audit::audit;
use super::staff::{ask, storage_failed_code};
use crate::config::StaffConfig;
use crate::contract::{PresentMember, Recovery, RpcError, StaffLock};
use crate::guesses::{Guesses, REFILL};
use crate::kiosk::staff::Newcomer;
use crate::pin::{self, PinError, Pins};
use crate::runner::Equipment;

/// Longest name of a member, in characters.
const NAME_CHARACTERS: usize = 60;

/// Whoever types a PIN passes here. Clones are the same door.
#[derive(Clone)]
pub(crate) struct StaffDoor {
    pins: Pins,
    /// One at a time: parallel attempts would all pass before the first of them counts.
    guesses: Arc<Mutex<Guesses>>,
}

/// A turn at the door, while nobody else has one.
pub(super) struct Turn<'a> {
    guesses: MutexGuard<'a, Guesses>,
    equipment: &'a Equipment,
    pins: &'a Pins,
}

impl StaffDoor {
    /// A door at which so many guesses are left.
    pub(crate) fn new(pins: Pins, guesses: Guesses) -> Self {
        Self { pins, guesses: Arc::new(Mutex::new(guesses)) }
    }

    /// Waits for a turn.
    pub(super) async fn turn<'a>(&'a self, equipment: &'a Equipment) -> Turn<'a> {
        Turn { guesses: self.guesses.lock().await, equipment, pins: &self.pins }
    }

    /// Whom `pin` opens staff mode for.
    pub(super) async fn unlock(&self, equipment: &Equipment, pin: String) -> Result<PresentMember, RpcError> {
        pin::check_shape(&pin).map_err(refused)?;
        let mut turn = self.turn(equipment).await;
        let members = staff(equipment).await?;
        if members.is_empty() {
            return Err(no_pin(equipment).await?);
        }
        turn.spend().await?;
        let owner = turn.owner(&pin, &members).await?;
        let Some(member) = members.iter().find(|member| Some(member.id) == owner && member.is_enabled())
        else {
            audit(equipment, AuditAction::UnlockRefused, Actor::SomeStaff).await;
            return Err(turn.wait().map_or_else(|| guide("staff.pin_wrong"), locked_out));
        };
        turn.give_back().await;
        if pin::is_dated(member) {
            turn.renew(member.id, &pin, &members).await;
        }
        audit(equipment, AuditAction::Unlock, Actor::Staff(member.id)).await;
        Ok(present(member))
    }

    /// Takes the first supervisor in, at a kiosk that never had staff.
    pub(super) async fn choose_pin(
        &self,
        equipment: &Equipment,
        name: &str,
        pin: String,
    ) -> Result<PresentMember, RpcError> {
        let name = checked_name(name)?;
        let turn = self.turn(equipment).await;
        let members = staff(equipment).await?;
        if !members.is_empty() {
            return Err(RpcError::new("staff.pin_set_already", Recovery::Staff));
        }
        if was_salvaged(equipment).await? {
            return Err(pin_lost());
        }
        let verifier = turn.verifier(&pin, &members).await?;
        let member = new_member(equipment, name, StaffRole::Supervisor, verifier);
        let (added, by) = (member.clone(), Actor::Staff(member.id));
        if ask(equipment, move |store| store.add_staff(&added, by)).await? != StaffOutcome::Done {
            return Err(RpcError::new("staff.pin_set_already", Recovery::Staff));
        }
        audit(equipment, AuditAction::Unlock, by).await;
        Ok(present(&member))
    }

    /// Keeps what time brings, so that a kiosk that rested does not forget it at its next start. Until `cancel`.
    pub(crate) async fn keep_guesses(self, equipment: Equipment, cancel: CancellationToken) {
        loop {
            let next = equipment.timer.wait_until(equipment.clock.now() + REFILL);
            tokio::select! {
                () = next => {}
                () = cancel.cancelled() => return,
            }
            let mut turn = self.turn(&equipment).await;
            if turn.guesses.settle(equipment.clock.now()) {
                turn.keep_quietly().await;
            }
        }
    }
}

impl Turn<'_> {
    /// Takes a guess, which is on disk before this returns: whoever pulls the plug has spent it all the same.
    pub(super) async fn spend(&mut self) -> Result<(), RpcError> {
        self.guesses.spend(self.equipment.clock.now()).map_err(locked_out)?;
        let left = self.guesses.left();
        let kept = ask(self.equipment, move |store| store.set_guesses_left(left)).await;
        if kept.is_err() {
            // Nothing was looked at.
            self.guesses.give_back();
        }
        kept
    }

    /// The guess was none.
    pub(super) async fn give_back(&mut self) {
        self.guesses.give_back();
        self.keep_quietly().await;
    }

    /// A failure leaves one guess fewer on disk, which is on the safe side; it was logged.
    async fn keep_quietly(&self) {
        let left = self.guesses.left();
        let _ = ask(self.equipment, move |store| store.set_guesses_left(left)).await;
    }

    /// How long nobody may guess.
    pub(super) fn wait(&self) -> Option<Duration> {
        self.guesses.wait(self.equipment.clock.now())
    }

    /// Whose PIN this is, whether they may come in or not.
    pub(super) async fn owner(
        &self,
        pin: &str,
        members: &[StaffMember],
    ) -> Result<Option<StaffId>, RpcError> {
        let (pins, pin, members) = (self.pins.clone(), pin.to_owned(), members.to_vec());
        pin_task(move || pins.owner(&pin, &members)).await
    }

    /// What `pin` is to be compared with.
    pub(super) async fn verifier(&self, pin: &str, members: &[StaffMember]) -> Result<PinVerifier, RpcError> {
        let (pins, random) = (self.pins.clone(), self.equipment.random.clone());
        let (pin, members) = (pin.to_owned(), members.to_vec());
        pin_task(move || pins.verifier(&pin, &members, &random)).await
    }

    /// The kiosk was emptied, its staff with the rest: it begins as a new one does. How staff mode is closed from now on.
    /// The guesses that were spent stay spent.
    pub(super) async fn begin_anew(&self, config: &StaffConfig) -> Result<StaffLock, RpcError> {
        self.keep_quietly().await;
        let Equipment { clock, random, store, .. } = self.equipment.clone();
        let (pins, pin) = (self.pins.clone(), config.initial_pin.clone());
        let lock = store.with(move |store| {
            let newcomer = Newcomer { pin: pin.as_deref(), pins: &pins, random: &random };
            newcomer.take_in(store, clock.as_ref())
        });
        lock.await.map_err(|_| RpcError::unavailable())?.map_err(|error| {
            tracing::error!(%error, "the emptied kiosk's staff could not begin anew; start it again");
            storage_failed_code()
        })
    }

    /// Keeps a PIN from the time before personal PINs as the others are. It opens the kiosk either way.
    async fn renew(&self, member: StaffId, pin: &str, members: &[StaffMember]) {
        let Ok(verifier) = self.verifier(pin, members).await else { return };
        if ask(self.equipment, move |store| store.renew_staff_pin(member, &verifier)).await.is_ok() {
            tracing::info!("the PIN from before personal PINs is kept with the pepper now");
        }
    }
}

/// Everybody who ever belonged to the staff.
pub(super) async fn staff(equipment: &Equipment) -> Result<Vec<StaffMember>, RpcError> {
    ask(equipment, |store| store.staff()).await
}

/// Somebody who belongs to the staff from now on.
pub(super) fn new_member(
    equipment: &Equipment,
    name: String,
    role: StaffRole,
    pin: PinVerifier,
) -> StaffMember {
    let created_at = equipment.clock.utc();
    let id = StaffId(equipment.random.uuid(created_at));
    StaffMember { id, name, role, pin, created_at, disabled_at: None }
}

/// A name that the others can read in one line.
pub(super) fn checked_name(name: &str) -> Result<String, RpcError> {
    let name = name.trim();
    let fits = (1..=NAME_CHARACTERS).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err(guide("staff.name_shape")) }
}

fn present(member: &StaffMember) -> PresentMember {
    PresentMember { id: member.id, name: member.name.clone(), role: member.role }
}

/// Whether a PIN may have been lost with a damaged database: then only the operator sets a new one.
async fn was_salvaged(equipment: &Equipment) -> Result<bool, RpcError> {
    Ok(ask(equipment, |store| store.last_salvage()).await?.is_some())
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
    tokio::task::spawn_blocking(work).await.map_err(|_| RpcError::unavailable())?.map_err(refused)
}

fn refused(error: PinError) -> RpcError {
    match error {
        PinError::Shape => guide("staff.pin_shape"),
        PinError::Hash => RpcError::new("staff.pin_unusable", Recovery::Stop),
    }
}

pub(super) fn guide(code: &str) -> RpcError {
    RpcError::new(code, Recovery::Guide)
}

fn locked_out(wait: Duration) -> RpcError {
    let seconds = wait.as_millis().div_ceil(1_000) as u32;
    RpcError { retry_after_seconds: Some(seconds), ..guide("staff.locked_out") }
}
