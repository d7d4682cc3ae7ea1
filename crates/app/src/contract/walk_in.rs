//! Guests who come without being on the list.

use portico_types::{AttendeeId, CheckInId};
use serde::Serialize;
use ts_rs::TS;

use super::replies::RosterRow;

/// A guest on the list who may be the one whom staff are about to add. Only ever sent while staff mode is open.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct LookAlikeRow {
    /// Who is on the list.
    pub guest: RosterRow,
    /// Whether the name is the same, but for accents, case and order.
    pub same_name: bool,
    /// Whether the end of the phone number is the same.
    pub same_phone: bool,
}

/// A guest who was added and checked in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Registered {
    /// The new guest.
    pub attendee: AttendeeId,
    /// Their entry.
    pub check_in: CheckInId,
}
