//! Audit rows for what staff do beside check-ins (I8). Check-ins write theirs in their own transaction.

use portico_store::{Actor, AuditNote};
use portico_types::{AuditAction, StaffId};

use crate::runner::Equipment;

/// Writes one row without a guest. A failure is logged: it must not keep staff from helping guests.
pub(super) async fn audit(equipment: &Equipment, action: AuditAction, actor: Actor) {
    let note = AuditNote {
        action,
        actor,
        attendee: None,
        before: None,
        after: None,
        reason: None,
        at: equipment.clock.utc(),
    };
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
