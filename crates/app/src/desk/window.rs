//! What a volunteer may still change: what happened a moment ago, as far as it can be a slip at the door.

use portico_types::{StaffRole, UtcMillis};

use crate::contract::{OnDuty, Recovery, RpcError};
use crate::runner::Equipment;

/// How long after an entry a volunteer may take it back, move it or decide against it.
const VOLUNTEERS_MS: i64 = 10 * 60 * 1_000;

/// Whether somebody in this role may change an entry of this time at `now`. The times are the backend's, so that setting
/// the tablet's clock changes nothing.
pub(super) fn may_change(role: StaffRole, now: UtcMillis, entered: UtcMillis) -> bool {
    role >= StaffRole::Supervisor || now.0.saturating_sub(entered.0) <= VOLUNTEERS_MS
}

/// Refuses what is too long ago for whoever is on duty.
pub(super) fn in_time(equipment: &Equipment, by: OnDuty, entered: UtcMillis) -> Result<(), RpcError> {
    if may_change(by.role, equipment.clock.utc(), entered) {
        Ok(())
    } else {
        Err(RpcError::new("staff.too_late", Recovery::Staff))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volunteers_have_ten_minutes_and_supervisors_all_the_time() {
        let entered = UtcMillis(1_000_000);
        for (minutes, volunteer) in [(-5, true), (0, true), (10, true), (11, false), (10_000, false)] {
            let now = UtcMillis(entered.0 + minutes * 60_000);
            assert_eq!(may_change(StaffRole::Volunteer, now, entered), volunteer, "{minutes} min");
            assert!(may_change(StaffRole::Supervisor, now, entered));
        }
    }
}
