//! Audit rows for what staff do beside check-ins (I8). Check-ins write theirs in their own transaction.

use portico_store::{Actor, AuditNote};
use portico_types::{AuditAction, StaffId};

use crate::contract::OnDuty;
use crate::runner::Equipment;

/// A row of what `by` does now, to be filled in.
pub(super) fn note(equipment: &Equipment, by: OnDuty, action: AuditAction) -> AuditNote {
    blank(equipment, action, Actor::Staff(by.member))
}

fn blank(equipment: &Equipment, action: AuditAction, actor: Actor) -> AuditNote {
    let at = equipment.clock.utc();
    AuditNote { action, actor, attendee: None, before: None, after: None, reason: None, at }
}

/// Writes one row without a guest. A failure is logged: it must not keep staff from helping guests.
pub(super) async fn audit(equipment: &Equipment, action: AuditAction, actor: Actor) {
    let note = blank(equipment, action, actor);
    match equipment.store.with(move |store| store.record_audit(&note)).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::error!(%error, ?action, "an audit row could not be written"),
        Err(error) => tracing::error!(%error, ?action, "an audit row could not be written"),
    }
}

/// Staff mode was left, or closed by itself behind `member`.
pub(crate) async fn audit_lock(equipment: &Equipment, member: StaffId) {
    audit(equipment, AuditAction::Lock, Actor::Staff(member)).await;
}
