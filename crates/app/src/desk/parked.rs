//! Entries that the backend refused: sent again as they are, or moved to the guest who really came.

use portico_store::{Actor, AmendOutcome, AmendWish, AuditNote};
use portico_types::{AuditAction, CheckInId};

use super::staff::{ask, stated};
use super::window::in_time;
use crate::contract::{Amend, Handled, OnDuty, Recovery, RpcError};
use crate::runner::Equipment;

pub(super) async fn retry(equipment: &Equipment, by: OnDuty, entry: CheckInId) -> Result<Handled, RpcError> {
    let note = AuditNote {
        action: AuditAction::Retry,
        actor: Actor::Staff(by.member),
        attendee: None,
        before: None,
        after: None,
        reason: None,
        at: equipment.clock.utc(),
    };
    let retried = ask(equipment, move |store| store.retry_parked(&[entry], &note)).await?;
    if retried == 0 {
        return Err(unknown_entry());
    }
    equipment.reload_withdrawn().await;
    equipment.announce_queue().await;
    Ok(Handled {})
}

pub(super) async fn amend(equipment: &Equipment, by: OnDuty, params: Amend) -> Result<Handled, RpcError> {
    let (at, reason) = (equipment.clock.utc(), stated(params.reason)?);
    let entry = params.entry;
    let Some(refused) = ask(equipment, move |store| store.check_in(entry)).await? else {
        return Err(unknown_entry());
    };
    in_time(equipment, by, refused.at)?;
    let new_id = equipment.random.check_in_id(at);
    let wish = AmendWish {
        id: entry,
        attendee: params.attendee,
        new_id,
        window: equipment.situation().window(refused.at, new_id),
        at,
        reason,
        actor: Actor::Staff(by.member),
    };
    match ask(equipment, move |store| store.amend_parked(&wish)).await? {
        AmendOutcome::Amended(_) => {
            equipment.announce_queue().await;
            Ok(Handled {})
        }
        AmendOutcome::AlreadyIn(_) => Err(RpcError::new("staff.already_in", Recovery::Guide)),
        AmendOutcome::SameGuest => Err(RpcError::new("staff.same_guest", Recovery::Guide)),
        AmendOutcome::NotOnRoster => Err(RpcError::new("staff.not_on_roster", Recovery::Guide)),
        AmendOutcome::UnknownEntry => Err(unknown_entry()),
    }
}

fn unknown_entry() -> RpcError {
    RpcError::new("staff.unknown_entry", Recovery::Guide)
}
