//! What a member of the venue's staff may do.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A member's role; the later one may do everything that the earlier one may. The stored form is the snake-case name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Helps guests at the door.
    Volunteer,
    /// Answers for the kiosk: may also change what is long past, and says who belongs to the staff.
    Supervisor,
}
