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
