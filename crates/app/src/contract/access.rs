//! Who may make a call. Each call of the contract says it where it is declared.

use portico_types::{StaffId, StaffRole};
use serde::Serialize;
use ts_rs::TS;

/// Who may make a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Whoever stands before the kiosk.
    Anyone,
    /// Every member of the staff, while staff mode is open for them.
    Volunteer,
    /// Supervisors only, while staff mode is open for them.
    Supervisor,
}

impl Access {
    /// The least role that may; none where no role is needed.
    pub fn least_role(self) -> Option<StaffRole> {
        match self {
            Self::Anyone => None,
            Self::Volunteer => Some(StaffRole::Volunteer),
            Self::Supervisor => Some(StaffRole::Supervisor),
        }
    }
}

/// The member of the staff for whom staff mode is open. Whoever answers a staff call gets one, and can be had no other
/// way: what is done is done by somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// Who.
    pub member: StaffId,
    /// What they may do.
    pub role: StaffRole,
}
