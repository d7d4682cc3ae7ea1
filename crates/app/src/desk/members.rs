//! Who belongs to the staff: supervisors list, add, change, bar and let in again, and give out PINs.

use portico_store::{Actor, StaffMember, StaffOutcome};
use portico_types::StaffId;

use super::staff::ask;
use super::unlock::{StaffDoor, Turn, checked_name, guide, new_member, staff};
use crate::contract::{
    AddMember, ChangeMember, Handled, MemberRow, OnDuty, PresentMember, RpcError, SetMemberEnabled,
    SetMemberPin,
};
use crate::pin;
use crate::runner::Equipment;

pub(super) async fn list(equipment: &Equipment) -> Result<Vec<MemberRow>, RpcError> {
    Ok(staff(equipment).await?.iter().map(row).collect())
}

pub(super) async fn add(
    door: &StaffDoor,
    equipment: &Equipment,
    by: OnDuty,
    params: AddMember,
) -> Result<MemberRow, RpcError> {
    let name = checked_name(&params.name)?;
    let mut turn = door.turn(equipment).await;
    let members = staff(equipment).await?;
    // The kiosk may have been emptied while this waited for its turn. Somebody added now would be all of its staff, and
    // with a volunteer alone nobody could choose the first PIN any more.
    if !members.iter().any(|known| known.id == by.member && known.is_acting_supervisor()) {
        return Err(RpcError::locked());
    }
    let verifier = free_pin(&mut turn, &params.pin, &members, None).await?;
    let member = new_member(equipment, name, params.role, verifier);
    let (added, by) = (member.clone(), Actor::Staff(by.member));
    done(ask(equipment, move |store| store.add_staff(&added, by)).await?)?;
    Ok(row(&member))
}

pub(super) async fn set_pin(
    door: &StaffDoor,
    equipment: &Equipment,
    by: OnDuty,
    params: SetMemberPin,
) -> Result<Handled, RpcError> {
    let mut turn = door.turn(equipment).await;
    let members = staff(equipment).await?;
    let member = params.member;
    if members.iter().all(|known| known.id != member) {
        return Err(unknown_member());
    }
    let verifier = free_pin(&mut turn, &params.pin, &members, Some(member)).await?;
    let (by, at) = (Actor::Staff(by.member), equipment.clock.utc());
    done(ask(equipment, move |store| store.set_staff_pin(member, &verifier, by, at)).await?)
}

/// What the member is from now on.
pub(super) async fn change(
    equipment: &Equipment,
    by: OnDuty,
    params: ChangeMember,
) -> Result<PresentMember, RpcError> {
    let ChangeMember { member: id, role, name } = params;
    let name = checked_name(&name)?;
    let (kept, by, at) = (name.clone(), Actor::Staff(by.member), equipment.clock.utc());
    done(ask(equipment, move |store| store.change_staff(id, &kept, role, by, at)).await?)?;
    Ok(PresentMember { id, name, role })
}

pub(super) async fn set_enabled(
    equipment: &Equipment,
    by: OnDuty,
    params: &SetMemberEnabled,
) -> Result<Handled, RpcError> {
    let SetMemberEnabled { member, enabled } = *params;
    let (by, at) = (Actor::Staff(by.member), equipment.clock.utc());
    done(ask(equipment, move |store| store.set_staff_enabled(member, enabled, by, at)).await?)
}

/// What `pin` is to be compared with, unless it is somebody's already. Hearing that it is tells a PIN of somebody else's:
/// that costs a guess, as at the door. Any other answer costs nothing, but leaves a row in the audit.
async fn free_pin(
    turn: &mut Turn<'_>,
    pin: &str,
    members: &[StaffMember],
    whose: Option<StaffId>,
) -> Result<portico_store::PinVerifier, RpcError> {
    if pin::check_shape(pin).is_err() {
        return Err(guide("staff.pin_shape"));
    }
    turn.spend().await?;
    if turn.owner(pin, members).await?.is_some_and(|owner| whose != Some(owner)) {
        return Err(guide("staff.pin_taken"));
    }
    turn.give_back().await;
    turn.verifier(pin, members).await
}

fn done(outcome: StaffOutcome) -> Result<Handled, RpcError> {
    match outcome {
        StaffOutcome::Done => Ok(Handled {}),
        StaffOutcome::UnknownMember => Err(unknown_member()),
        StaffOutcome::PinTaken => Err(guide("staff.pin_taken")),
        StaffOutcome::LastSupervisor => Err(guide("staff.last_supervisor")),
    }
}

fn unknown_member() -> RpcError {
    guide("staff.unknown_member")
}

fn row(member: &StaffMember) -> MemberRow {
    MemberRow {
        member: member.id,
        name: member.name.clone(),
        role: member.role,
        created_at: member.created_at,
        enabled: member.is_enabled(),
    }
}

#[cfg(test)]
mod tests {
    use portico_store::PinVerifier;
    use portico_types::{StaffRole, Tick, UtcMillis};

    use super::*;
    use crate::equipped::{Equipped, supervisor};
    use crate::guesses::Guesses;
    use crate::pin::Pins;

    async fn door(equipped: &Equipped) -> StaffDoor {
        let pepper = equipped.store(|store| store.pin_pepper()).await;
        StaffDoor::new(Pins::new(pepper), Guesses::at_start(None, Tick::ZERO))
    }

    /// Whoever is on duty, as the database knows them.
    fn on_duty(role: StaffRole) -> StaffMember {
        let (id, pin) = (supervisor().member, PinVerifier::new("of no PIN"));
        StaffMember { id, name: "Mara".into(), role, pin, created_at: UtcMillis(0), disabled_at: None }
    }

    fn noor() -> AddMember {
        AddMember { name: "Noor Haddad".into(), role: StaffRole::Volunteer, pin: "1357".into() }
    }

    #[tokio::test]
    async fn nobody_is_added_by_somebody_who_is_no_supervisor_any_more() {
        let equipped = Equipped::new();
        let door = door(&equipped).await;
        let add_noor = async || add(&door, &equipped.equipment, supervisor(), noor()).await;
        assert_eq!(add_noor().await.unwrap_err().code, "staff.locked", "the kiosk was emptied");
        let members = equipped.store(|store| store.staff().unwrap()).await;
        assert!(members.is_empty(), "whoever comes first can still choose a PIN");

        let volunteer = on_duty(StaffRole::Volunteer);
        equipped.store(move |store| store.add_staff(&volunteer, Actor::Kiosk).unwrap()).await;
        assert_eq!(add_noor().await.unwrap_err().code, "staff.locked");
    }

    #[tokio::test]
    async fn a_supervisor_adds_a_member() {
        let equipped = Equipped::new();
        let mara = on_duty(StaffRole::Supervisor);
        equipped.store(move |store| store.add_staff(&mara, Actor::Kiosk).unwrap()).await;
        let added = add(&door(&equipped).await, &equipped.equipment, supervisor(), noor()).await.unwrap();
        assert_eq!((added.name.as_str(), added.enabled), ("Noor Haddad", true));
    }
}
