//! Why a ticket lets nobody in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is wrong with a ticket. Nothing of it is personal: staff may read it on the public screen's device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TicketRefusal {
    /// Looks like a signed ticket and is none: changed, cut off, or signed by somebody else.
    Forged,
    /// Signed for another event.
    OtherEvent,
    /// Its time is over.
    Expired,
    /// Was right once: its guest has left the list, or has a newer ticket.
    Revoked,
    /// A plain code, which this event does not accept.
    Unsigned,
}
